package dev.gatehouse.service;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Browser;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.GatewayTarget;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.LocalTarget;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Debian's Jupyter in a browser, as docs/services.md promises it: a tunnel, at another port than
 * Jupyter's own, starts the workspace and Jupyter in it.
 */
class JupyterIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String NOTEBOOK =
      """
      {"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [],
        "source": ["print('the answer is', 6 * 7)"]}],
       "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python",
        "name": "python3"}}, "nbformat": 4, "nbformat_minor": 4}
      """;

  private final int port = Ports.free();
  private final int localPort = Ports.free();
  private GatewayTarget gateway;
  private Laptop laptop;

  @BeforeEach
  void start() {
    Programs.require("jupyter-notebook", "jupyter-notebook");
    gateway =
        LocalTarget.start(
            """
            gateway: {port: 0, name: target}
            machineTypes:
              standard:
                services:
                  jupyter:
                    command: exec jupyter-notebook --no-browser --ip=127.0.0.1 --port=%d --port-retries=0%s
                    port: %1$d
                    ready: {http: /api, timeout: 2m}
                    tokenVariable: JUPYTER_TOKEN
                    path: /tree?token={token}
            """
                .formatted(port, asRoot() ? " --allow-root" : ""));
    laptop = new Laptop(gateway);
  }

  @AfterEach
  void stop() {
    laptop.close();
    gateway.close();
  }

  private static boolean asRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private Result gate(String command) {
    return laptop.ssh("gate " + command).ok();
  }

  /** What a person copies from the answer of the command. */
  private static String field(Result open, String name) {
    return open.stdout()
        .lines()
        .map(line -> line.split("\t", 2))
        .filter(words -> words[0].equals(name))
        .map(words -> words[1])
        .findFirst()
        .orElseThrow(() -> new AssertionError(open.stdout()));
  }

  @Test
  void jupyter_byTheFirstTunnel_servesPageKernelAndUpload() {
    assertThat(gate("workspace list").stdout()).doesNotContain("running");
    var file = Folders.write(laptop.home().resolve("answer.ipynb"), NOTEBOOK);
    laptop.start(laptop.openssh("-N", "-L", "%d:localhost:%d".formatted(localPort, port), HOST));

    try (var browser = new Browser()) {
      // The tunnel is asked for first, and the token after it: both start what is not there.
      browser.open("http://localhost:%d/api".formatted(localPort));
      var open = gate("service open jupyter --port " + localPort);
      assertThat(field(open, "tunnel"))
          .isEqualTo("ssh -N -L %d:localhost:%d alice@target".formatted(localPort, port));
      var address = field(open, "address");
      assertThat(address).startsWith("http://localhost:%d/tree?token=".formatted(localPort));

      browser.open(address);
      upload(browser, file);
      assertThat(run(browser)).contains("the answer is 42");
    }
    assertThat(gate("service list").stdout()).contains("running");
    tokenIsNowhere(field(gate("service open jupyter"), "token"));
  }

  private void upload(Browser browser, Path file) {
    browser.choose("input.fileinput", file);
    browser.click(".upload_button");
    Poll.until(
        "the file is in the home", () -> Files.exists(gateway.home().resolve("answer.ipynb")));
  }

  private String run(Browser browser) {
    browser.open("http://localhost:%d/notebooks/answer.ipynb".formatted(localPort));
    Poll.until(
        () -> "a kernel",
        PATIENCE,
        () ->
            Boolean.TRUE.equals(
                browser.script(
                    "return !!(window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel"
                        + " && Jupyter.notebook.kernel.is_connected())")));
    browser.script("Jupyter.notebook.execute_all_cells()");
    return browser.text(".output_text");
  }

  /** In no list of processes, and in no log of the service. */
  private void tokenIsNowhere(String token) {
    assertThat(token).matches("[0-9a-f]{48}");
    assertThat(laptop.ssh("ps axww -o args").ok().stdout()).doesNotContain(token);
    var logs = gateway.home().resolve(".local/state/gatehouse/services/main");
    assertThat(Folders.read(logs.resolve("jupyter.log")))
        .contains("?token=...")
        .doesNotContain(token);
  }
}
