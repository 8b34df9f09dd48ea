package dev.gatehouse.workspace.local;

import dev.gatehouse.key.SshPublicKey;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.sftp.SftpModuleProperties;

/** The SSH server of one running workspace, on a free port of the loopback interface. */
final class WorkspaceSshd implements Closeable {
  /** OpenSSH clients send eow and no-more-sessions only to a server that calls itself OpenSSH. */
  private static final String IDENTIFICATION = "OpenSSH_9.9 Gatehouse-local";

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration FOREVER = Duration.ofDays(3650);
  private static final Duration LOGIN_GRACE = Duration.ofSeconds(30);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);
  private static final int MAX_AUTH_TRIES = 6;
  private static final int IO_THREADS = 2;

  /** OpenSSH's. In later ones the arguments of a symbolic link stand the other way round. */
  private static final int SFTP_VERSION = 3;

  private final SshServer server;

  private WorkspaceSshd(SshServer server) {
    this.server = server;
  }

  static WorkspaceSshd start(Machine machine, KeyPair hostKey, SshPublicKey userCa)
      throws IOException {
    var server = SshServer.setUpDefaultServer();
    server.setHost(LOOPBACK);
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    allowOnlyCertificates(server, machine, userCa);
    offer(server, machine);
    limit(server);
    server.setScheduledExecutorService(timer(), true);
    server.addSessionListener(LocalConnection.closer());
    server.start();
    return new WorkspaceSshd(server);
  }

  /**
   * MINA sets a timer for each CLOSE that it sends and calls it off when that is written. The
   * timer's own default is to keep what was called off until its time has come, which here is
   * {@link #FOREVER}.
   */
  private static ScheduledThreadPoolExecutor timer() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("local-timer").factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** How many timers have not come to their time. */
  int timers() {
    return ((ScheduledThreadPoolExecutor) server.getScheduledExecutorService()).getQueue().size();
  }

  InetSocketAddress address() throws IOException {
    var loopback = InetAddress.getByAddress(LOOPBACK, new byte[] {127, 0, 0, 1});
    return new InetSocketAddress(loopback, server.getPort());
  }

  private static void allowOnlyCertificates(
      SshServer server, Machine machine, SshPublicKey userCa) {
    server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    server.setPublickeyAuthenticator(new CertificateLogin(machine.login(), userCa));
    server.setPasswordAuthenticator(null);
    server.setKeyboardInteractiveAuthenticator(null);
    server.setHostBasedAuthenticator(null);
  }

  private static void offer(SshServer server, Machine machine) {
    var home = machine.home();
    server.setChannelFactories(
        List.of(
            channel("session", () -> new SessionChannel(machine)),
            channel("direct-tcpip", () -> new DialledChannel(Dial::tcp)),
            channel(
                "direct-streamlocal@openssh.com",
                () -> new DialledChannel(buffer -> Dial.unix(buffer, home)))));
    server.setGlobalRequestHandlers(List.of(new ListenerRequests(home)));
    // Forwards are our own channels and requests; MINA's must not answer beside them.
    server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    server.setAgentFactory(null);
    server.setSubsystemFactories(List.of(BuiltInSftp.factory(home)));
    SftpModuleProperties.SFTP_VERSION.set(server, SFTP_VERSION);
  }

  private static ChannelFactory channel(String type, Supplier<Channel> supplier) {
    return new ChannelFactory() {
      @Override
      public String getName() {
        return type;
      }

      @Override
      public Channel createChannel(Session session) {
        return supplier.get();
      }
    };
  }

  /** sshd has no clock for idle sessions and slow readers, so neither has this. */
  private static void limit(SshServer server) {
    server.setNioWorkers(IO_THREADS);
    CoreModuleProperties.SERVER_IDENTIFICATION.set(server, IDENTIFICATION);
    CoreModuleProperties.WELCOME_BANNER.set(server, "");
    CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, MAX_AUTH_TRIES);
    CoreModuleProperties.AUTH_TIMEOUT.set(server, LOGIN_GRACE);
    CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
    CoreModuleProperties.NIO2_MIN_WRITE_TIMEOUT.set(server, Duration.ZERO);
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, FOREVER);
    CoreModuleProperties.CHANNEL_CLOSE_TIMEOUT.set(server, FOREVER);
    CoreModuleProperties.TCP_NODELAY.set(server, true);
  }

  /** Ends the connections too, without waiting for what they still have to say. */
  @Override
  public void close() throws IOException {
    server.close(true).await(CLOSE_WAIT);
  }
}
