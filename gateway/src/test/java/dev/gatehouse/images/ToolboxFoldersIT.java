package dev.gatehouse.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.Runc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The story: the first person's start made the folder {@code teams/one} of a shared volume for the
 * group, and {@code teams} for that person alone. Whose machine type had {@code teams/two} could
 * not start.
 */
final class ToolboxFoldersIT {
  private static final int ROOT = 0;
  private static final int TEAM = PodVolumes.GPU;
  private static final List<Integer> GROUPS = List.of(PodVolumes.GID, TEAM);

  private final PodVolumes volumes = new PodVolumes();
  private final Path shared = volumes.volume().resolve("shared");

  @BeforeEach
  void install() throws IOException {
    Runc.run(
            ToolboxPod.workspace(BuiltImages.toolbox())
                .running("/toolbox/install", "/gate")
                .mounting(volumes.gate(), "/gate", false))
        .ok();
    make(shared, ROOT, TEAM, 02770);
  }

  @AfterEach
  void close() {
    volumes.close();
  }

  @Test
  void folder_isNotThere_isTheGroupsAndSoIsTheOneAbove() throws IOException {
    folders(PodVolumes.UID, "teams/one", "" + TEAM).ok();
    assertThat(owners("teams")).isEqualTo("23001 23010 2770");
    assertThat(owners("teams/one")).isEqualTo("23001 23010 2770");
  }

  @Test
  void folder_besideSomebodyElses_isMade() throws IOException {
    folders(PodVolumes.UID, "teams/one", "" + TEAM).ok();
    folders(PodVolumes.BOB, "teams/two", "" + TEAM).ok();
    assertThat(owners("teams/two")).isEqualTo("23002 23010 2770");
  }

  /** A start that was cut off between two of its steps. */
  @Test
  void folder_isHalfMade_isGivenToTheGroup() throws IOException {
    make(shared.resolve("team"), PodVolumes.UID, PodVolumes.GID, 0755);
    folders(PodVolumes.UID, "team", "" + TEAM).ok();
    assertThat(owners("team")).isEqualTo("23001 23010 2770");
  }

  @Test
  void folder_isInUse_isLeftAsItIs() throws IOException {
    make(shared.resolve("team"), PodVolumes.UID, PodVolumes.GID, 0755);
    make(shared.resolve("team/data"), PodVolumes.UID, PodVolumes.GID, 0700);
    folders(PodVolumes.UID, "team", "" + TEAM).ok();
    assertThat(owners("team")).isEqualTo("23001 23000 755");
  }

  /** Such as one that an administrator has made, or that all of a volume belongs to. */
  @Test
  void folder_isSomebodyElses_isLeftAsItIs() throws IOException {
    make(shared.resolve("team"), ROOT, ROOT, 0755);
    folders(PodVolumes.UID, "team", "" + TEAM).ok();
    assertThat(owners("team")).isEqualTo("0 0 755");
  }

  @Test
  void folder_hasNoGroup_isAsItsVolumeHasIt() throws IOException {
    folders(PodVolumes.UID, "own", "-").ok();
    assertThat(owners("own")).isEqualTo("23001 23010 2755");
  }

  @Test
  void folder_cannotBeMade_endsTheStartAndSaysWhy() {
    PodVolumes.set(shared, "unix:mode", 02755);
    assertThat(folders(PodVolumes.UID, "team", "" + TEAM).exit()).isEqualTo(1);
    assertThat(volumes.lastWords())
        .isEqualTo(
            "shared/team is a folder of the machine type's volumes, and uid 23001 cannot make it:"
                + " the folder above it belongs to uid 0 and gid 23010, mode 2755\n");
  }

  /** As in a machine type whose people do not have the group. */
  @Test
  void folder_groupIsNotThePersons_endsTheStartAndSaysWhy() throws IOException {
    assertThat(folders(PodVolumes.UID, "team", "23099").exit()).isEqualTo(1);
    assertThat(volumes.lastWords())
        .isEqualTo(
            "shared/team is a folder of the machine type's volumes, and could not be given to its"
                + " group: it belongs to gid 23010, mode 2770, and should to gid 23099, mode"
                + " 2770\n");
  }

  private Result folders(int person, String folder, String group) {
    return Runc.run(
        ToolboxPod.workspace(BuiltImages.toolbox())
            .as(person, PodVolumes.GID, GROUPS)
            .running("/gate/bin/folders", "/gate-volumes/shared", folder, group)
            .mounting(volumes.gate(), "/gate", false)
            .mounting(shared, "/gate-volumes/shared", false)
            .mounting(volumes.terminationLog(), "/dev/termination-log", false));
  }

  private String owners(String folder) throws IOException {
    var attributes = Files.readAttributes(shared.resolve(folder), "unix:uid,gid,mode");
    var mode = (int) attributes.get("mode") & 07777;
    return "%s %s %o".formatted(attributes.get("uid"), attributes.get("gid"), mode);
  }

  private static void make(Path folder, int uid, int gid, int mode) throws IOException {
    Files.createDirectory(folder);
    PodVolumes.set(folder, "unix:uid", uid);
    PodVolumes.set(folder, "unix:gid", gid);
    PodVolumes.set(folder, "unix:mode", mode);
  }
}
