package dev.gatehouse.service;

import java.util.Optional;

/**
 * What a person needs to use a service.
 *
 * @param home the person's home, as the workspace sees it
 * @param token the secret of the service, if it has one
 */
public record ServiceAccess(String home, Optional<String> token) {
  /** So that no log shows it by accident. */
  @Override
  public String toString() {
    return "access to a service";
  }
}
