package dev.gatehouse.testkit;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chromium without a window, driven through ChromeDriver (W3C WebDriver, 5 June 2018). Elements are
 * named by CSS selectors, and waited for.
 */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** So that it looks for nothing outside of this machine, and runs as root. */
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--window-size=1280,620");

  private final Path folder = Folders.temporary();
  private final Running driver;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;
  private final String session;

  public Browser() {
    var chromium = Programs.require("chromium", "chromium").toString();
    var program = Programs.require("chromedriver", "chromium-driver").toString();
    driver = Program.in(folder, List.of(program, "--port=0")).start();
    address =
        URI.create(
            "http://127.0.0.1:" + driver.awaitStdout("successfully on port (\\d+)").group(1));
    var arguments = new ArrayList<>(FLAGS);
    arguments.add("--user-data-dir=" + folder.resolve("profile"));
    var options = Map.of("binary", chromium, "args", arguments);
    var capabilities =
        Map.of("goog:chromeOptions", options, "timeouts", Map.of("implicit", PATIENCE.toMillis()));
    var answer =
        (Map<?, ?>)
            ask("POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", capabilities)));
    session = "/session/" + answer.get("sessionId");
  }

  /** Opens a page and waits until it is loaded. */
  public void open(String url) {
    ask("POST", session + "/url", Map.of("url", url));
  }

  /** Writes into a field in place of what stands there. */
  public void type(String css, String text) {
    var element = find(css);
    ask("POST", element + "/clear", Map.of());
    ask("POST", element + "/value", Map.of("text", text));
  }

  /** Gives a file to a field that asks for one. */
  public void choose(String css, Path file) {
    ask("POST", find(css) + "/value", Map.of("text", file.toString()));
  }

  /** What a script on the page returns. */
  public @Nullable Object script(String body) {
    return ask("POST", session + "/execute/sync", Map.of("script", body, "args", List.of()));
  }

  /** Clicks on what changes the page that is shown. */
  public void click(String css) {
    ask("POST", find(css) + "/click", Map.of());
  }

  /** Clicks on what leads to another page, and waits until the one that is shown has gone. */
  public void follow(String css) {
    var page = find("html");
    click(css);
    Poll.until("the page after " + css, () -> isGone(page));
  }

  private boolean isGone(String element) {
    try {
      ask("GET", element + "/name", null);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** The text of an element, as it is seen. */
  public String text(String css) {
    return String.valueOf(ask("GET", find(css) + "/text", null));
  }

  /** What is seen now, as PNG. */
  public byte[] screenshot() {
    return Base64.getDecoder().decode(String.valueOf(ask("GET", session + "/screenshot", null)));
  }

  @Override
  public void close() {
    ask("DELETE", session, null);
    driver.close();
    driver.await();
    Folders.delete(folder);
  }

  private String find(String css) {
    var question = Map.of("using", "css selector", "value", css);
    var answer = (Map<?, ?>) ask("POST", session + "/element", question);
    return session + "/element/" + answer.values().iterator().next();
  }

  private @Nullable Object ask(String method, String path, @Nullable Object body) {
    try {
      var publisher =
          body == null
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofString(Serialization.asJson(body));
      var request = HttpRequest.newBuilder(address.resolve(path)).method(method, publisher).build();
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(method + " " + path + " " + body + "\n" + response.body());
      }
      return Serialization.unmarshal(response.body(), Map.class).get("value");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
