package dev.gatehouse.platform.helm;

import com.marcnuri.helm.Helm;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Helm 3 in this process, as helm-java brings it: Go code behind JNA, 98 MB that are unpacked into
 * the temporary folder. Only this class and {@link Helms} name it, so that a gateway that serves
 * never loads it.
 *
 * <p>Three of its habits are worked round here:
 *
 * <ul>
 *   <li>its first install or render takes SIGTERM and SIGINT from the JVM for good ({@link
 *       JvmSignals});
 *   <li>{@code upgrade --install} forgets which kubeconfig it was given when it installs, so the
 *       two are called by their names;
 *   <li>where no native part is on the class path it fetches one from the Internet.
 * </ul>
 */
final class HelmLibrary implements HelmCommands {
  private static final String SERVICE = "/META-INF/services/com.marcnuri.helm.jni.NativeLibrary";

  private static final Logger LOG = LoggerFactory.getLogger(HelmLibrary.class);

  private final JvmSignals signals = JvmSignals.current();

  private HelmLibrary() {}

  /**
   * Whether this machine can have it.
   *
   * @param properties {@code os.name} and {@code os.arch}
   */
  static boolean fits(Map<?, ?> properties) {
    return "Linux".equals(properties.get("os.name"))
        && "amd64".equals(properties.get("os.arch"))
        && HelmLibrary.class.getResource(SERVICE) != null;
  }

  /**
   * Loads it; empty if this machine cannot, for want of glibc, say, or of a temporary folder whose
   * files may be executed.
   */
  static Optional<HelmCommands> load(Map<String, String> environment) {
    HelmEnvironment.requireClean(environment);
    System.setProperty("com.marcnuri.jkube-helm.skipRemoteJar", "true");
    var library = new HelmLibrary();
    try {
      library.takeSignalsOnce();
      return Optional.of(library);
    } catch (LinkageError | IllegalStateException e) {
      LOG.info("Helm's library cannot be loaded: {}", e.toString());
      return Optional.empty();
    }
  }

  /**
   * Renders a chart of nothing: Go takes the signals the first time only, and then they are given
   * back. Else a whole install would be deaf to them.
   */
  private void takeSignalsOnce() {
    try (var files = new CallFiles()) {
      files.write("Chart.yaml", "apiVersion: v2\nname: nothing\nversion: 0.0.0\n");
      call(new Helm(files.folder()).template().withName("nothing").withNamespace("nothing"));
    }
  }

  @Override
  public String template(Release release, Path values) {
    return call(
        new Helm(release.chart())
            .template()
            .withKubeVersion(KUBERNETES)
            .withName(release.name())
            .withNamespace(release.namespace())
            .withValuesFile(values));
  }

  @Override
  public void install(Release release, Path values, Path kubeconfig) {
    call(
        new Helm(release.chart())
            .install()
            .withName(release.name())
            .withNamespace(release.namespace())
            .withValuesFile(values)
            .withKubeConfig(kubeconfig));
  }

  @Override
  public void upgrade(Release release, Path values, Path kubeconfig) {
    call(
        new Helm(release.chart())
            .upgrade()
            .withName(release.name())
            .withNamespace(release.namespace())
            .withValuesFile(values)
            .resetValues()
            .withKubeConfig(kubeconfig));
  }

  /** With its log, since the error alone does not say why. */
  @Override
  public void uninstall(String namespace, String name, Path kubeconfig) {
    call(Helm.uninstall(name).withNamespace(namespace).withKubeConfig(kubeconfig).debug());
  }

  /** One caller at a time in the whole process: the Go code redirects its output meanwhile. */
  private <T> T call(Callable<T> command) {
    synchronized (HelmLibrary.class) {
      try {
        return command.call();
      } catch (IllegalStateException e) {
        throw new HelmError(String.valueOf(e.getMessage()), e);
      } catch (Exception e) {
        throw new IllegalStateException("helm-java throws unchecked exceptions only", e);
      } finally {
        signals.restore();
      }
    }
  }
}
