package dev.gatehouse.testkit;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The images of the {@code Dockerfile}, really built, and images of other kinds to run the toolbox
 * in. Each is made when it is first asked for, and kept in {@link #FOLDER} for as long as what it
 * is made of stays the same: outside of {@code target}, so that neither {@code clean} nor another
 * clone has them built again.
 */
public final class BuiltImages {
  static final Path FOLDER =
      Path.of(
          System.getenv()
              .getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache"),
          "gatehouse-images");

  private static final ImageBuild BUILD = new ImageBuild(Path.of("").toAbsolutePath(), FOLDER);
  private static final Supplier<BuiltImage> TOOLBOX = once(() -> BUILD.target("toolbox"));
  private static final Supplier<BuiltImage> WORKSPACE = once(() -> BUILD.target("workspace"));
  private static final Supplier<BuiltImage> GATEWAY = once(() -> BUILD.target("gateway"));
  private static final Supplier<BuiltImage> DIRECTORY = once(() -> BUILD.target("directory"));
  private static final Supplier<BuiltImage> LDAP_UI = once(() -> BUILD.target("ldap-ui"));
  private static final Supplier<BuiltImage> JUPYTER = once(() -> BUILD.target("jupyter"));
  private static final Supplier<BuiltImage> DEBIAN = once(BUILD::debian);
  private static final Supplier<BuiltImage> EMPTY = once(BUILD::empty);
  private static final Supplier<BuiltImage> MUSL = once(BUILD::musl);
  private static final Supplier<BuiltImage> BUSYBOX = once(() -> BUILD.busybox(toolbox()));
  private static final Supplier<BuiltImage> FOREIGN = once(BUILD::foreign);

  private BuiltImages() {}

  /** The target {@code toolbox}. */
  public static BuiltImage toolbox() {
    return TOOLBOX.get();
  }

  /** The target {@code workspace}, which holds the toolbox. */
  public static BuiltImage workspace() {
    return WORKSPACE.get();
  }

  /** The target {@code gateway}. */
  public static BuiltImage gateway() {
    return GATEWAY.get();
  }

  /** The target {@code directory}. */
  public static BuiltImage directory() {
    return DIRECTORY.get();
  }

  /** The target {@code ldap-ui}. */
  public static BuiltImage ldapUi() {
    return LDAP_UI.get();
  }

  /** The target {@code jupyter}. */
  public static BuiltImage jupyter() {
    return JUPYTER.get();
  }

  /** A minimal Debian bookworm, without OpenSSH. */
  public static BuiltImage debian() {
    return DEBIAN.get();
  }

  /** Nothing but the empty folders that every image has. */
  public static BuiltImage empty() {
    return EMPTY.get();
  }

  /** A shell and the usual small programs, linked to musl instead of the GNU C library. */
  public static BuiltImage musl() {
    return MUSL.get();
  }

  /** A static busybox and a link for each of its programs. */
  public static BuiltImage busybox() {
    return BUSYBOX.get();
  }

  /**
   * A newer Debian than the toolbox is made of, with an OpenSSH and libnss-extrausers of its own.
   */
  public static BuiltImage foreign() {
    return FOREIGN.get();
  }

  /** Not kept when it fails, nor when the test is skipped. */
  private static Supplier<BuiltImage> once(Supplier<BuiltImage> made) {
    return new Supplier<>() {
      private @Nullable BuiltImage image;

      @Override
      public synchronized BuiltImage get() {
        if (image == null) {
          image = made.get();
        }
        return image;
      }
    };
  }
}
