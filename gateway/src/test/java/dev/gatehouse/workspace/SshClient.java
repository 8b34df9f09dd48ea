package dev.gatehouse.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Stock OpenSSH programs with a user CA, keys and certificates of their own. */
final class SshClient {
  private static final int PATIENCE_SECONDS = 60;

  /** What a finished program left. Its streams are kept apart, byte for byte in Latin-1. */
  record Result(int exit, String out, String err) {}

  private final Path folder;

  SshClient(Path folder) throws Exception {
    this.folder = folder;
    keygen("-q", "-t", "ed25519", "-N", "", "-f", "ca");
    keygen("-q", "-t", "ed25519", "-N", "", "-f", "other-ca");
    keygen("-q", "-t", "ed25519", "-N", "", "-f", "id");
    certify("ca", "-n", "alice", "-V", "-5m:+1h");
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  String caLine() throws IOException {
    return Files.readString(file("ca.pub"));
  }

  /** Replaces the certificate; the options are those of {@code ssh-keygen -s}. */
  void certify(String ca, String... options) throws Exception {
    Files.deleteIfExists(file("id-cert.pub"));
    var command = new ArrayList<>(List.of("-q", "-s", ca, "-I", "test"));
    command.addAll(List.of(options));
    command.add("id.pub");
    keygen(command.toArray(String[]::new));
  }

  void forgetCertificate() throws IOException {
    Files.deleteIfExists(file("id-cert.pub"));
  }

  /** The options with which every OpenSSH program finds the workspace. */
  List<String> options(Endpoint endpoint) throws IOException {
    Files.writeString(
        file("known_hosts"), "workspace " + endpoint.hostKey().line() + System.lineSeparator());
    var options = new ArrayList<String>();
    options.addAll(List.of("-F", "/dev/null"));
    for (var option :
        List.of(
            "HostName=" + endpoint.address().getAddress().getHostAddress(),
            "Port=" + endpoint.address().getPort(),
            "HostKeyAlias=workspace",
            "UserKnownHostsFile=" + file("known_hosts"),
            "GlobalKnownHostsFile=/dev/null",
            "StrictHostKeyChecking=yes",
            "IdentitiesOnly=yes",
            "IdentityFile=" + file("id"),
            "KexAlgorithms=curve25519-sha256",
            "BatchMode=yes")) {
      options.addAll(List.of("-o", option));
    }
    return options;
  }

  /** The command line of an ssh with the given further arguments, host and command excluded. */
  List<String> ssh(Endpoint endpoint, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add("ssh");
    command.addAll(options(endpoint));
    command.addAll(List.of(arguments));
    return command;
  }

  Result run(List<String> command) throws Exception {
    return run(command, new byte[0], Map.of());
  }

  Result run(List<String> command, byte[] input, Map<String, String> environment) throws Exception {
    var process = start(command, environment);
    var out = read(process.getInputStream());
    var err = read(process.getErrorStream());
    try (var stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException e) {
      // it takes no more input, which is its right
    }
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end; it said: " + out.join() + err.join());
    }
    return new Result(process.exitValue(), out.join(), err.join());
  }

  /** Starts a program in the folder of the keys; the caller ends it. */
  Process start(List<String> command, Map<String, String> environment) throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SSH_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
          } catch (IOException e) {
            return "";
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private void keygen(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("ssh-keygen"));
    command.addAll(List.of(arguments));
    var result = run(command);
    if (result.exit() != 0) {
      throw new AssertionError("ssh-keygen failed: " + result.err());
    }
  }
}
