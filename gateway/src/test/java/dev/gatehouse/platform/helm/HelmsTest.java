package dev.gatehouse.platform.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.testkit.Folders;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelmsTest {
  private static final Map<String, String> ARM = Map.of("os.name", "Linux", "os.arch", "aarch64");

  private final Path folder = Folders.temporary();

  @AfterEach
  void delete() {
    Folders.delete(folder);
  }

  @Test
  void commands_machineWithoutLibrary_takesTheProgramOnThePath() {
    program("echo v3.18.0+gcc58e3f");
    assertThat(Helms.commands(Optional.empty(), Map.of("PATH", "/nowhere:" + folder), ARM))
        .isInstanceOf(HelmProgram.class);
  }

  @Test
  void commands_machineWithoutLibraryAndProgram_saysWhatToInstall() {
    assertThatThrownBy(() -> Helms.commands(Optional.empty(), Map.of("PATH", "" + folder), ARM))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "there is no Helm library for this machine (Linux, aarch64): put the program helm,"
                + " version 3 or 4, on the PATH");
  }

  @Test
  void commands_programIsGiven_isThatProgram() {
    assertThat(
            Helms.commands(
                Optional.of(program("echo v4.1.4+g05fa379")), Map.of(), System.getProperties()))
        .isInstanceOf(HelmProgram.class);
  }

  @Test
  void commands_programOfAnotherVersion_isRefused() {
    var old = program("echo 'Client: v2.17.0+ga690bad'");
    assertThatThrownBy(() -> Helms.commands(Optional.of(old), Map.of(), ARM))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("Helm 3 or 4 is needed");
  }

  @Test
  void commands_programThatCannotBeRun_isNamed() {
    var missing = folder.resolve("missing");
    assertThatThrownBy(() -> Helms.commands(Optional.of(missing), Map.of(), ARM))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(missing + " cannot be run");
  }

  /** Helm as a library reads the process's environment, and would go where that says. */
  @ParameterizedTest
  @ValueSource(
      strings = {"HELM_KUBEAPISERVER", "HELM_KUBECONTEXT", "HELM_KUBETOKEN", "HELM_DRIVER"})
  void requireClean_variableThatMisleads_isRefused(String name) {
    assertThatThrownBy(() -> HelmEnvironment.requireClean(Map.of(name, "configmap")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(name);
  }

  @Test
  void requireClean_variablesThatDoNot_areFine() {
    HelmEnvironment.requireClean(
        Map.of("HELM_DRIVER", "secret", "HELM_CACHE_HOME", "/x", "A", "b"));
  }

  /** A program is started without them. */
  @Test
  void template_variableThatMisleads_isNotPassedOn() {
    var program =
        program(
            """
            case $1 in version) echo v3.18.0;; *) env | grep -c "^HELM_KUBE\\|^KUBECONFIG" ;; esac
            true\
            """);
    var commands = HelmProgram.open(program);
    var release = new Release("small", "gatehouse", folder, Map.of());
    assertThat(commands.template(release, folder.resolve("values")).strip()).isEqualTo("0");
  }

  private Path program(String script) {
    var file = folder.resolve("helm");
    Folders.write(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
