package dev.gatehouse.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.images.ToolboxPod.Way;
import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.ContainerSpec;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Runc;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What differs where a workspace begins without {@code prepare} and {@code people} before it. */
final class IncludedToolboxIT {
  private static final int EX_CONFIG = 78;
  private static final String IDS = "id -un; id -un 33; id -u bob; id -u nobody";

  private final PodVolumes volumes = new PodVolumes();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    for (var closeable : opened) {
      closeable.close();
    }
  }

  @Test
  void names_imageHoldsTheToolbox_areItsOwnAndTheDirectorys() {
    assertThat(said(Way.INCLUDED, workspace(), IDS)).isEqualTo("ada\nwww-data\n23002\n65534\n");
  }

  @Test
  void names_nextStart_areTheImagesOwnAndTheDirectorys() {
    assertThat(said(Way.NEXT_START, ToolboxPod.workspace(BuiltImages.debian()), IDS))
        .isEqualTo("ada\nwww-data\n23002\n65534\n");
  }

  /** While a new version is rolled out. */
  @Test
  void names_toolboxIsOfBefore_areAllAndNothingIsTold() {
    assertThat(said(Way.TOOLBOX_OF_BEFORE, ToolboxPod.workspace(BuiltImages.debian()), IDS))
        .isEqualTo("ada\nwww-data\n23002\n65534\n");
    assertThat(volumes.lastWords()).isEmpty();
  }

  @Test
  void home_imageHoldsTheToolbox_isNewAndHasItsSkeleton() {
    assertThat(said(Way.INCLUDED, workspace(), "stat -c '%U %a' ~; test -s ~/.bashrc && echo yes"))
        .isEqualTo("ada 700\nyes\n");
  }

  /** Outside of a pod, as in a build on top of it. */
  @Test
  void image_alone_seesItsOwnUsers() {
    var ids = Runc.run(ContainerSpec.of(BuiltImages.workspace()).running("id", "-un", "33"));
    assertThat(ids.ok().stdout()).isEqualTo("www-data\n");
  }

  @Test
  void start_gatewayWantsAnotherVersion_saysBoth() throws IOException {
    var result = started(workspace().with("GATEHOUSE_TOOLBOX", "2"));
    assertThat(result).isEqualTo(EX_CONFIG);
    assertThat(volumes.lastWords())
        .isEqualTo("toolbox: is of version 1, and the gateway wants version 2\n");
  }

  private int started(ContainerSpec spec) throws IOException {
    opened.push(volumes);
    Files.createDirectory(volumes.home());
    return Runc.run(ToolboxPod.included(volumes, spec)).exit();
  }

  private static ContainerSpec workspace() {
    return ToolboxPod.workspace(BuiltImages.workspace());
  }

  private String said(Way way, ContainerSpec spec, String command) {
    var pod = ToolboxPod.start(volumes, way, spec);
    opened.push(pod);
    var laptop = new Laptop(pod);
    opened.push(laptop);
    return laptop.ssh(command).ok().stdout();
  }
}
