package dev.gatehouse.directory;

import dev.gatehouse.key.TestKeys;

/** The people of {@link DirectoryContract}, one for each thing that can be said about a person. */
public final class ContractSeed {
  public static final String BASE = "dc=gatehouse,dc=local";
  public static final String PEOPLE = "ou=people," + BASE;
  public static final String GROUPS = "ou=groups," + BASE;

  private ContractSeed() {}

  public static String ldif() {
    return """
    dn: dc=gatehouse,dc=local
    objectClass: domain
    dc: gatehouse

    dn: ou=people,dc=gatehouse,dc=local
    objectClass: organizationalUnit
    ou: people

    dn: ou=guests,ou=people,dc=gatehouse,dc=local
    objectClass: organizationalUnit
    ou: guests

    dn: ou=hosts,ou=people,dc=gatehouse,dc=local
    objectClass: organizationalUnit
    ou: hosts

    dn: ou=groups,dc=gatehouse,dc=local
    objectClass: organizationalUnit
    ou: groups

    """
        + person(
            "alice", "displayName: Alice L.", "loginShell: /bin/zsh", "userPassword: correct horse")
        + person("bob")
        + person(
            "keys",
            "sshPublicKey: " + TestKeys.line("ed25519").strip(),
            "sshPublicKey: " + TestKeys.line("rsab1024").strip(),
            "sshPublicKey: " + TestKeys.line("dsa").strip(),
            "sshPublicKey: restrict " + TestKeys.line("ecdsab256").strip(),
            "sshPublicKey: cert-authority " + TestKeys.line("ecdsab384").strip(),
            "sshPublicKey: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
            "sshPublicKey: not a key",
            "sshPublicKey:: /////w==")
        + person(
            "options",
            "sshPublicKey: from=\"192.0.2.0/24\",expiry-time=\"20300101Z\",command=\"uptime\","
                + "no-port-forwarding "
                + TestKeys.line("ed25519").strip())
        + person("expired", "shadowExpire: 20000")
        + person("expires-later", "shadowExpire: 40000")
        + person("expires-never", "shadowExpire: -1")
        + person("zero", "shadowExpire: 0")
        + person("nologin", "loginShell: /usr/sbin/nologin")
        + person("false", "loginShell: /bin/false")
        + person("locked", "pwdAccountLockedTime: 000001010000Z")
        + person("guessed-at", "pwdAccountLockedTime: 20260101000000Z")
        + person("weird-shell", "loginShell: bash; id")
        + person("colon-shell", "loginShell: /bin/sh:0")
        + person("dots", "loginShell: /bin/../bin/sh")
        + person("Upper")
        + person("colours", "displayName:: G1szMW1FdmUK") // ESC [31mEve and a line feed
        + person("umlaut", "displayName:: SsO8cmdlbiBXZWnDn2VuYmVyZw==")
        + person("root").replace("uidNumber: 20000", "uidNumber: 0")
        + person("negative").replace("uidNumber: 20000", "uidNumber: -1")
        + person("huge").replace("uidNumber: 20000", "uidNumber: 4294967296")
        + person("wheel").replace("gidNumber: 20000", "gidNumber: 0")
        + person("twice")
        + person("twice").replace("uid=twice,ou=people", "uid=twice,ou=guests,ou=people")
        + person("thrice")
        + person("thrice").replace("uid=thrice,ou=people", "uid=thrice,ou=guests,ou=people")
        + person("thrice").replace("uid=thrice,ou=people", "uid=thrice,ou=hosts,ou=people")
        + person("guest").replace("uid=guest,ou=people", "uid=guest,ou=guests,ou=people")
        + person("comma")
            .replace("dn: uid=comma", "dn: cn=O'Hara\\, (C*)+uid=comma")
            .replace("cn: comma", "cn: O'Hara, (C*)")
        + notAnAccount()
        + group("staff", 20000, "member: uid=nobody,ou=people,dc=gatehouse,dc=local")
        + group("ml", 20001, "member: uid=alice,ou=people,dc=gatehouse,dc=local")
        + group("by-name", 20002, "member: cn=x", "memberUid: alice", "memberUid: bob")
        + group(
            "hara", 20003, "member: cn=O'Hara\\, (C*)+uid=comma,ou=people,dc=gatehouse,dc=local")
        + group("others", 20004, "member: uid=bob,ou=people,dc=gatehouse,dc=local")
        + group("Domain Users", 20005, "member: uid=alice,ou=people,dc=gatehouse,dc=local")
        + group(
            "two-names", 20006, "cn: admins", "member: uid=alice,ou=people,dc=gatehouse,dc=local");
  }

  private static String person(String uid, String... more) {
    return """
    dn: uid=%1$s,ou=people,dc=gatehouse,dc=local
    objectClass: inetOrgPerson
    objectClass: posixAccount
    objectClass: shadowAccount
    objectClass: ldapPublicKey
    uid: %1$s
    cn: %1$s
    sn: Doe
    uidNumber: 20000
    gidNumber: 20000
    homeDirectory: /home/%1$s
    %2$s

    """
        .formatted(uid, String.join("\n", more))
        .replace("\n\n\n", "\n\n");
  }

  private static String notAnAccount() {
    return """
    dn: uid=contact,ou=people,dc=gatehouse,dc=local
    objectClass: inetOrgPerson
    uid: contact
    cn: A contact
    sn: Contact

    """;
  }

  private static String group(String cn, int gidNumber, String... more) {
    return """
    dn: cn=%1$s,ou=groups,dc=gatehouse,dc=local
    objectClass: groupOfNames
    objectClass: posixGroup
    cn: %1$s
    gidNumber: %2$d
    %3$s

    """
        .formatted(cn, gidNumber, String.join("\n", more));
  }
}
