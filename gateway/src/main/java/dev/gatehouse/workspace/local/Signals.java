package dev.gatehouse.workspace.local;

import java.util.Map;
import java.util.OptionalInt;

/** Linux's signal numbers. */
final class Signals {
  static final int HUP = 1;
  static final int KILL = 9;
  static final int TERM = 15;
  static final int CONT = 18;

  /** What a client may send: OpenSSH's set and the rest of RFC 4254, 6.10. */
  private static final Map<String, Integer> SENDABLE =
      Map.ofEntries(
          Map.entry("HUP", HUP),
          Map.entry("INT", 2),
          Map.entry("QUIT", 3),
          Map.entry("ILL", 4),
          Map.entry("ABRT", 6),
          Map.entry("FPE", 8),
          Map.entry("KILL", KILL),
          Map.entry("USR1", 10),
          Map.entry("SEGV", 11),
          Map.entry("USR2", 12),
          Map.entry("PIPE", 13),
          Map.entry("ALRM", 14),
          Map.entry("TERM", TERM));

  private Signals() {}

  static OptionalInt number(String name) {
    var number = SENDABLE.get(name);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** The name for exit-signal, as sshd gives it. */
  static String name(int number) {
    return SENDABLE.entrySet().stream()
        .filter(e -> e.getValue() == number)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("SIG@openssh.com");
  }
}
