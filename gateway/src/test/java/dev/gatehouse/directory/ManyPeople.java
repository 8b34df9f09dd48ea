package dev.gatehouse.directory;

import static java.util.stream.Collectors.joining;

import java.util.stream.IntStream;

/** People by the thousand, p0, p1 and so on, as LDIF. */
public final class ManyPeople {
  private ManyPeople() {}

  public static String person(int number, String key) {
    return """
    dn: uid=p%1$d,%2$s
    objectClass: inetOrgPerson
    objectClass: posixAccount
    objectClass: shadowAccount
    objectClass: ldapPublicKey
    uid: p%1$d
    cn: Person Number %1$d
    sn: Number
    displayName: Person Number %1$d of Many
    uidNumber: %3$d
    gidNumber: 10000
    homeDirectory: /home/p%1$d
    loginShell: /bin/bash
    shadowExpire: 40000
    sshPublicKey: %4$s p%1$d@laptop

    """
        .formatted(number, ContractSeed.PEOPLE, 10000 + number, key);
  }

  /** A group that has all of them. */
  public static String everyone(int count) {
    return """
    dn: cn=everyone,%s
    objectClass: groupOfNames
    objectClass: posixGroup
    cn: everyone
    gidNumber: 10000
    %s

    """
        .formatted(
            ContractSeed.GROUPS,
            IntStream.range(0, count)
                .mapToObj(i -> "member: uid=p%d,%s".formatted(i, ContractSeed.PEOPLE))
                .collect(joining("\n")));
  }
}
