package dev.gatehouse.directory.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import dev.gatehouse.directory.Search;
import dev.gatehouse.directory.TestDirectories;
import dev.gatehouse.directory.editing.TreeChange;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in memory is what is on the disk, whatever fails in between. */
final class DurableTreeTest {
  private static final String ALICE = "uid=alice,ou=people,dc=gatehouse,dc=local";
  private static final String BOB = "uid=bob,ou=people,dc=gatehouse,dc=local";

  private final Disk disk = new Disk();
  private final DurableTree tree = new DurableTree(EmbeddedDirectory.TREE, disk);

  /** A disk that holds one file and fails on demand. */
  private static final class Disk implements DurableTree.Store {
    private String content = "";
    private IOException failure;
    private int writes;

    @Override
    public void replace(byte[] ldif) throws IOException {
      if (failure != null) {
        throw failure;
      }
      content = new String(ldif, UTF_8);
      writes++;
    }
  }

  @BeforeEach
  void load() {
    tree.load(TestDirectories.SEED);
  }

  private static TreeChange shell(String dn, String shell) {
    return ldap -> ldap.modify(dn, new Modification(ModificationType.REPLACE, "loginShell", shell));
  }

  private static Entry entry(DurableTree tree, String dn) throws LDAPException {
    var all = Filter.createPresenceFilter("objectClass");
    return new Search(dn, all, 1, List.of()).in(tree.reader()).getFirst();
  }

  private String shell(String dn) throws LDAPException {
    return entry(tree, dn).getAttributeValue("loginShell");
  }

  @Test
  void change_saved_isSeen() throws LDAPException {
    tree.change(shell(ALICE, "/bin/zsh"));
    assertThat(shell(ALICE)).isEqualTo("/bin/zsh");
    assertThat(disk.content).contains("loginShell: /bin/zsh");
  }

  @Test
  void change_ofNothing_isNotWritten() throws LDAPException {
    tree.change(shell(ALICE, "/bin/bash"));
    assertThat(disk.writes).isZero();
  }

  @Test
  void change_whileBeingSaved_isSeenByNobody() throws LDAPException {
    var seen = new String[1];
    var watched = new DurableTree[1];
    watched[0] =
        new DurableTree(
            EmbeddedDirectory.TREE,
            _ -> {
              try {
                seen[0] = entry(watched[0], ALICE).getAttributeValue("loginShell");
              } catch (LDAPException e) {
                throw new IOException(e);
              }
            });
    watched[0].load(TestDirectories.SEED);
    watched[0].change(shell(ALICE, "/bin/zsh"));
    assertThat(seen).containsExactly("/bin/bash");
  }

  @Test
  void change_notSaved_hasNotHappened() throws LDAPException {
    disk.failure = new IOException("No space left on device");
    var error =
        catchThrowableOfType(FailureException.class, () -> tree.change(shell(ALICE, "/bin/zsh")));
    assertThat(error.failure())
        .isEqualTo(
            new Failure.Unavailable(
                "directory-not-saved", "the change could not be saved: No space left on device"));
    assertThat(shell(ALICE)).isEqualTo("/bin/bash");

    disk.failure = null;
    tree.change(shell(BOB, "/bin/zsh"));
    assertThat(shell(ALICE))
        .as("the refused change is not saved with the next")
        .isEqualTo("/bin/bash");
    assertThat(disk.content).containsOnlyOnce("/bin/zsh");
  }

  @Test
  void change_thatFailsHalfway_hasNotHappened() throws LDAPException {
    var error =
        catchThrowableOfType(
            LDAPException.class,
            () ->
                tree.change(
                    ldap -> {
                      shell(ALICE, "/bin/zsh").on(ldap);
                      shell("uid=nobody,ou=people,dc=gatehouse,dc=local", "/bin/zsh").on(ldap);
                    }));
    assertThat(error.getResultCode()).isEqualTo(ResultCode.NO_SUCH_OBJECT);
    assertThat(shell(ALICE)).isEqualTo("/bin/bash");
    assertThat(disk.writes).isZero();
  }

  @Test
  void change_thatThrows_hasNotHappened() throws LDAPException {
    assertThatThrownBy(
            () ->
                tree.change(
                    ldap -> {
                      shell(ALICE, "/bin/zsh").on(ldap);
                      throw new IllegalStateException("a bug");
                    }))
        .hasMessage("a bug");
    tree.change(shell(BOB, "/bin/fish"));
    assertThat(shell(ALICE)).isEqualTo("/bin/bash");
  }

  @Test
  void change_againstTheSchema_isRefused() throws LDAPException {
    var error =
        catchThrowableOfType(
            LDAPException.class,
            () ->
                tree.change(
                    ldap ->
                        ldap.modify(
                            ALICE, new Modification(ModificationType.DELETE, "uidNumber"))));
    assertThat(error.getResultCode()).isEqualTo(ResultCode.OBJECT_CLASS_VIOLATION);
    assertThat(entry(tree, ALICE).hasAttribute("uidNumber")).isTrue();
  }

  /** Otherwise a later person of the same name would inherit the groups. */
  @Test
  void change_deletesAPerson_leavesTheirGroupsToo() throws LDAPException {
    tree.change(ldap -> ldap.delete(BOB));
    assertThat(entry(tree, "cn=everyone,ou=groups,dc=gatehouse,dc=local"))
        .satisfies(group -> assertThat(group.getAttributeValues("member")).containsExactly(ALICE));
    assertThat(disk.content).doesNotContain("bob");
  }
}
