package dev.gatehouse.workspace;

import dev.gatehouse.key.SshPublicKey;
import java.net.InetSocketAddress;

/**
 * Where a running workspace's own sshd accepts connections.
 *
 * @param login the user name to log in with, which is also the only principal of the certificate
 * @param hostKey the only host key to accept there
 */
public record Endpoint(InetSocketAddress address, String login, SshPublicKey hostKey) {}
