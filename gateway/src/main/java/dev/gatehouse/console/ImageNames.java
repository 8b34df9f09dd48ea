package dev.gatehouse.console;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.Set;

/**
 * Names that images have in their own /etc/passwd and /etc/group. People and groups of the
 * directory are merged into these files, and of two entries of one name programs take the first.
 */
public final class ImageNames {
  /** Of Debian, Ubuntu, Fedora, Alpine and their common packages. */
  private static final Set<String> ACCOUNTS =
      Set.of(
          "adm",
          "apache",
          "at",
          "avahi",
          "backup",
          "bin",
          "chrony",
          "cron",
          "cyrus",
          "daemon",
          "dbus",
          "ftp",
          "games",
          "gnats",
          "guest",
          "halt",
          "irc",
          "list",
          "lp",
          "mail",
          "man",
          "messagebus",
          "mysql",
          "news",
          "nginx",
          "nobody",
          "ntp",
          "operator",
          "polkitd",
          "postfix",
          "postgres",
          "postmaster",
          "proxy",
          "root",
          "rpc",
          "rtkit",
          "shutdown",
          "smmsp",
          "squid",
          "sshd",
          "svn",
          "sync",
          "sys",
          "tcpdump",
          "tss",
          "uucp",
          "uuidd",
          "vpopmail",
          "www-data",
          "xfs");

  /** Their files and programs belong to it, or sudo's rules of an image let it in. */
  private static final Set<String> GROUPS =
      Set.of(
          "adm", "crontab", "daemon", "bin", "disk", "docker", "kmem", "lxd", "mem", "root",
          "shadow", "sudo", "sys", "tty", "utmp", "wheel");

  private ImageNames() {}

  /**
   * @param instead what forces it, such as {@code add --force}
   * @throws UserError if images have an account of that name
   */
  public static void refuse(Username name, String instead) {
    if (ACCOUNTS.contains(name.value())
        || name.value().startsWith("_")
        || name.value().startsWith("systemd-")) {
      throw UserError.usage(
          ("%s is an account that images bring themselves, and a workspace would take one for the"
                  + " other; take another name, or %s")
              .formatted(name, instead));
    }
  }

  /**
   * @throws UserError if images give rights to a group of that name
   */
  public static void refuse(GroupName name) {
    if (GROUPS.contains(name.value())) {
      throw UserError.usage(
          ("images give rights to a group %s of their own, and a workspace would take one for the"
                  + " other; take another name, or add --force")
              .formatted(name));
    }
  }
}
