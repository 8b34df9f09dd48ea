package dev.gatehouse.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.Laptop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The story: a new volume's root belongs to root, and is writable for the person's primary group,
 * which is everybody. {@code chmod 700 ~} failed, git called a repository there "dubious", and
 * colleagues could write into it.
 */
final class ToolboxHomeIT {
  private static final int ROOT = 0;
  private final PodVolumes volumes = new PodVolumes();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    for (var closeable : opened) {
      closeable.close();
    }
  }

  private Laptop started() {
    var pod = ToolboxPod.start(volumes, ToolboxPod.workspace(BuiltImages.debian()));
    opened.push(pod);
    var laptop = new Laptop(pod);
    opened.push(laptop);
    return laptop;
  }

  private String said(String command) {
    return started().ssh(command).ok().stdout();
  }

  private String log() {
    return ((ToolboxPod) opened.peekLast()).log();
  }

  private void volume(int uid, int gid, int mode) {
    PodVolumes.set(volumes.volume(), "unix:uid", uid);
    PodVolumes.set(volumes.volume(), "unix:gid", gid);
    PodVolumes.set(volumes.volume(), "unix:mode", mode);
  }

  private Path folder(String name, int uid, int mode) throws IOException {
    var made = Files.createDirectory(volumes.volume().resolve(name));
    PodVolumes.set(made, "unix:uid", uid);
    PodVolumes.set(made, "unix:mode", mode);
    return made;
  }

  /**
   * Block storage and local volumes with fsGroup; folders of this machine; a share that is one's
   * own.
   */
  @ParameterizedTest
  @CsvSource({"0, 23000, 2775", "0, 0, 777", "23001, 23000, 700", "23001, 23000, 2770"})
  void home_ofANewVolume_isThePersonsAlone(int uid, int gid, String mode) {
    volume(uid, gid, Integer.parseInt(mode, 8));
    assertThat(said("stat -c '%U %a' ~; chmod 700 ~ && touch ~/new && stat -c %U ~/new"))
        .isEqualTo("ada 700\nada\n");
    assertThat(volumes.home().resolve(".bashrc")).isNotEmptyFile();
  }

  // ---- volumes that were homes before ----

  @Test
  void home_ofBefore_isMovedWithAllThatIsInIt() throws IOException {
    volumes.write("data", "work", PodVolumes.UID);
    volumes.write("..odd", "x", PodVolumes.UID);
    volumes.write("two words", "x", PodVolumes.UID);
    Files.createSymbolicLink(volumes.volume().resolve("dangling"), Path.of("nowhere"));
    folder("read-only", PodVolumes.UID, 0500);
    folder("lost+found", ROOT, 0700);
    assertThat(
            said(
                "stat -c %a ~ ~/read-only; ls -A -I '.gh*' ~")) // the laptop keeps files of its own
        // there
        .isEqualTo("700\n500\n..odd\ndangling\ndata\nread-only\ntwo words\n");
    assertThat(volumes.volume().toFile().list())
        .containsExactlyInAnyOrder(".gatehouse-home", "lost+found");
  }

  /** A start that was cut off, or files that a gateway of before had written meanwhile. */
  @Test
  void home_halfMoved_isMovedOn_andNothingIsOverwritten() throws IOException {
    folder(".gatehouse-home", PodVolumes.UID, 0700);
    volumes.write(".gatehouse-home/data", "new", PodVolumes.UID);
    volumes.write("data", "old", PodVolumes.UID);
    volumes.write("more", "more", PodVolumes.UID);
    assertThat(said("cat ~/data ~/data.found-in-volume ~/more")).isEqualTo("newoldmore");
  }

  /** Somebody has used sudo: what a person cannot move must not be hidden from them. */
  @Test
  void home_holdsAFolderOfRoots_staysWhereItIsAndSaysSo() throws IOException {
    volumes.write("data", "work", PodVolumes.UID);
    folder("sudo", ROOT, 0755);
    assertThat(said("cat ~/data; ls -d ~/sudo")).isEqualTo("work/home/ada/sudo\n");
    assertThat(log()).contains("gatehouse: sudo in the home belongs to uid 0");
  }

  /** Other machines may have it mounted: nothing in it is moved. */
  @Test
  void home_isAShareOfThePersonsOwn_isLeftAsItIs() {
    volume(PodVolumes.UID, PodVolumes.GID, 0755);
    volumes.write("data", "work", PodVolumes.UID);
    assertThat(said("stat -c '%U %a' ~; cat ~/data")).isEqualTo("ada 755\nwork");
    assertThat(volumes.volume().resolve("data")).hasContent("work");
  }

  // ---- volumes that cannot ----

  @Test
  void home_cannotBeWritten_endsTheStartAndSaysWhy() {
    volume(ROOT, ROOT, 0755);
    volumes.write("data", "work", PodVolumes.UID);
    assertThatThrownBy(this::started)
        .hasMessageContaining(
            "the volume of the home cannot be written by uid 23001: it belongs to 0, mode 755");
    assertThat(volumes.home()).doesNotExist();
  }

  @Test
  void home_belongsToAnotherNumber_startsAndSaysSo() throws IOException {
    volume(ROOT, PodVolumes.GID, 02775);
    Files.createSymbolicLink(volumes.home(), Path.of("."));
    assertThat(said("echo in")).isEqualTo("in\n");
    assertThat(log()).contains("gatehouse: the home belongs to uid 0 and not to you");
  }

  /** The kubelet guards against it too; a start must not fail for it. */
  @Test
  void home_linkLeadsElsewhere_isMadeAnew() throws IOException {
    volume(PodVolumes.UID, PodVolumes.GID, 0700);
    Files.createSymbolicLink(volumes.home(), Path.of("/etc"));
    assertThat(said("stat -c %U ~")).isEqualTo("ada\n");
    assertThat(Files.readSymbolicLink(volumes.home())).hasToString(".");
  }
}
