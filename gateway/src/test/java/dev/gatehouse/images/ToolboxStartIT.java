package dev.gatehouse.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.BuiltImage;
import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.ContainerSpec;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a workspace makes of its image, its home and the directory when it starts. */
final class ToolboxStartIT {
  private final PodVolumes volumes = new PodVolumes();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    for (var closeable : opened) {
      closeable.close();
    }
  }

  // ---- home ----

  @Test
  void home_isNew_getsTheImagesSkeleton() throws Exception {
    Files.createDirectory(volumes.volume().resolve("lost+found"));
    start(debian());
    assertThat(volumes.home().resolve(".bashrc")).isNotEmptyFile();
    assertThat(Files.getAttribute(volumes.home().resolve(".bashrc"), "unix:uid"))
        .isEqualTo(PodVolumes.UID);
  }

  @Test
  void home_hasContent_isLeftAlone() {
    volumes.write("mine", "work", PodVolumes.UID);
    start(debian());
    assertThat(volumes.home().resolve("mine")).hasContent("work");
    assertThat(volumes.home().resolve(".bashrc")).doesNotExist();
  }

  // ---- shell ----

  @Test
  void loginShell_imageHasTheDirectorysChoice_isThat() {
    assertThat(said(debian().with("GATEHOUSE_SHELL", "/bin/dash"), "echo $SHELL"))
        .isEqualTo("/bin/dash\n");
  }

  @Test
  void loginShell_imageLacksTheDirectorysChoice_isBash() {
    assertThat(said(debian().with("GATEHOUSE_SHELL", "/bin/zsh"), "echo $SHELL"))
        .isEqualTo("/usr/bin/bash\n");
  }

  @Test
  void loginShell_imageLacksBash_isSh() {
    assertThat(said(workspace(BuiltImages.musl()), "echo $SHELL")).isEqualTo("/bin/sh\n");
  }

  @Test
  void loginShell_imageHasNone_isTheToolboxs() {
    assertThat(said(workspace(BuiltImages.empty()), "echo $SHELL")).isEqualTo("/gate/bin/sh\n");
  }

  // ---- environment ----

  @Test
  void environment_valueWithNewline_isLeftOutAlone() {
    var spec = debian().with("LINES_OF", "one\ntwo").with("NEXT", "here");
    assertThat(said(spec, "echo \"[$LINES_OF$NEXT]\"")).isEqualTo("[here]\n");
    assertThat(log()).contains("gatehouse: LINES_OF has a newline");
  }

  /** Many images preload an allocator, which need not fit the toolbox's C library. */
  @Test
  void environment_preloadsLibrary_isForThePersonAndNotForSshd() {
    assertThat(said(debian().with("LD_PRELOAD", "/no/such/library"), "echo $LD_PRELOAD"))
        .isEqualTo("/no/such/library\n");
    assertThat(log()).doesNotContain("ld.so");
  }

  @Test
  void root_isReadOnly_workspaceWorksNevertheless() {
    var spec = debian().withReadOnlyRoot().mounting(new ContainerSpec.Mount.Tmpfs("/tmp"));
    assertThat(said(spec, "touch /file; touch /tmp/file ~/file && echo done")).isEqualTo("done\n");
  }

  // ---- people ----

  @Test
  void people_areMissing_personStillComesIn() throws IOException {
    Files.delete(volumes.people().resolve("passwd"));
    Files.delete(volumes.people().resolve("group"));
    assertThat(said(debian(), "id -un; id -u www-data")).isEqualTo("ada\n33\n");
    assertThat(log()).contains("gatehouse: there is no /gate-people/passwd");
  }

  @Test
  void number_isOfImageAndDirectory_showsTheDirectorysName() {
    volumes.people("cleo:x:33:33:Cleo:/home/cleo:/bin/sh\n");
    assertThat(said(debian(), "id -un 33; id -u www-data")).isEqualTo("cleo\n33\n");
  }

  @Test
  void name_isOfImageAndDirectory_hasTheDirectorysNumber() {
    volumes.people("www-data:x:24000:24000:Web:/home/web:/bin/sh\n");
    assertThat(said(debian(), "id -u www-data; id -un 33 || true")).isEqualTo("24000\n");
  }

  /** sshd insists on giving terminals to the group of this name, and the kernel to group 5. */
  @Test
  void ttyGroup_ofTheDirectoryHasAnotherNumber_terminalsOpen() {
    Folders.write(volumes.people().resolve("group"), "tty:x:24001:\n");
    var result = laptop(start(debian())).openssh("-tt", Laptop.HOST, "tty").run();
    assertThat(result.ok().stdout()).startsWith("/dev/pts/");
  }

  /** Images that are made for Gatehouse have libnss-extrausers. */
  @Test
  void directory_changes_imageWithExtrausersFollows() {
    var laptop = laptop(start(withExtrausers()));
    assertThat(laptop.ssh("id -u bob; id").ok().stdout())
        .isEqualTo(
            """
            23002
            uid=23001(ada) gid=23000(research) groups=23000(research),23010(gpu)
            """);
    volumes.people("ada:x:23001:23000:Ada:/:/bin/sh\ncarol:x:23003:23000:Carol:/:/bin/sh\n");
    assertThat(laptop.ssh("id -un; id -u carol").ok().stdout()).isEqualTo("ada\n23003\n");
    assertThat(laptop.ssh("id -u bob").stderr()).contains("no such user");
  }

  private ContainerSpec withExtrausers() {
    var conf = volumes.gate().resolveSibling("nsswitch.conf");
    Folders.write(conf, "passwd: files extrausers\ngroup: files extrausers\nhosts: files dns\n");
    return workspace(BuiltImages.foreign()).mounting(conf, "/etc/nsswitch.conf", true);
  }

  private static ContainerSpec debian() {
    return workspace(BuiltImages.debian());
  }

  private static ContainerSpec workspace(BuiltImage image) {
    return ToolboxPod.workspace(image);
  }

  private ToolboxPod start(ContainerSpec spec) {
    var pod = ToolboxPod.start(volumes, spec);
    opened.push(pod);
    return pod;
  }

  private Laptop laptop(ToolboxPod pod) {
    var laptop = new Laptop(pod);
    opened.push(laptop);
    return laptop;
  }

  /** What a command says in a workspace that is started for it. */
  private String said(ContainerSpec spec, String command) {
    return laptop(start(spec)).ssh(command).ok().stdout();
  }

  private String log() {
    return ((ToolboxPod) opened.peekLast()).log();
  }
}
