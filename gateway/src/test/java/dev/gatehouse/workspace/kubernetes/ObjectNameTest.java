package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNameTest {
  /** A pod's name is the set's and {@code -0}; its revision's has eleven characters more. */
  private static final int MOST = 52;

  @Test
  void of_namesThatReadTheSame_differ() {
    assertThat(name("a-b", "c")).isNotEqualTo(name("a", "b-c"));
    assertThat(name("a.b", "c")).isNotEqualTo(name("a-b", "c"));
    assertThat(name("a_", "c")).isNotEqualTo(name("a", "c"));
    assertThat(person("a.b")).isNotEqualTo(person("a_b"));
  }

  @Test
  void of_longNamesWithOneBeginning_differ() {
    var long1 = "a".repeat(31) + "b";
    var long2 = "a".repeat(31) + "c";

    assertThat(name(long1, "main")).isNotEqualTo(name(long2, "main"));
    assertThat(name("x", long1)).isNotEqualTo(name("x", long2));
    assertThat(person(long1)).isNotEqualTo(person(long2));
  }

  @Test
  void of_sameWorkspace_isForever() {
    // A change of this would lose everybody's workspaces and homes.
    assertThat(name("alice", "main")).isEqualTo("w-alice-main-8c8ce93975");
    assertThat(person("alice")).isEqualTo("p-alice-2bd806c97f");
    assertThat(ObjectName.home(new Username("alice"))).isEqualTo("home-alice-2bd806c97f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "_",
        "_x.",
        "a.b_c-d",
        "a--",
        "x....................y",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaa.",
        "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_"
      })
  void of_oddUserNames_areDnsLabelsAndShort(String user) {
    for (var made :
        new String[] {name(user, "m"), person(user), ObjectName.home(new Username(user))}) {
      assertThat(made).matches("[a-z]([a-z0-9-]*[a-z0-9])?").doesNotContain("--");
      assertThat(made.length()).isLessThanOrEqualTo(MOST);
    }
  }

  private static String name(String owner, String workspace) {
    return ObjectName.of(new WorkspaceId(new Username(owner), new WorkspaceName(workspace)));
  }

  private static String person(String owner) {
    return ObjectName.of(new Username(owner));
  }
}
