package dev.gatehouse.platform.secrets;

import dev.gatehouse.name.Username;

/**
 * Who administers a directory that is new.
 *
 * @param key their public key, as a line of OpenSSH
 */
public record FirstAdministrator(Username name, String key) {}
