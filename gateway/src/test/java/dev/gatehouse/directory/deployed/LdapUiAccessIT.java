package dev.gatehouse.directory.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the web UI does not let in and does not show. */
final class LdapUiAccessIT {
  private static final HttpResponse.BodyHandler<String> TEXT =
      BodyHandlers.ofString(StandardCharsets.UTF_8);

  private static DeployedSlapd slapd;
  private static LdapUi ui;

  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    slapd = SlapdHome.in(folder).start();
    ui = new LdapUi(slapd.home());
    try (var gateway = slapd.connectAsService("gateway")) {
      Entries.addPerson(gateway, "eve", 20002);
    }
  }

  @AfterAll
  static void stop() {
    if (ui != null) {
      ui.close();
    }
    if (slapd != null) {
      slapd.close();
    }
  }

  private static URI page(String path) {
    return URI.create("http://127.0.0.1:" + ui.port() + path);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(page(path)).build(), TEXT);
  }

  private boolean logsIn(String uid, String password) throws IOException, InterruptedException {
    get("/templates/login.php");
    var form =
        "username=%s&passwd=%s&language=en_GB.utf8&checklogin="
            .formatted(uid, URLEncoder.encode(password, StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(page("/templates/login.php"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    client.send(request, TEXT);
    return get("/templates/lists/list.php?type=user").body().contains("logout.php");
  }

  @Test
  void logIn_administrator_isIn() throws Exception {
    assertThat(logsIn(SlapdHome.ADMINISTRATOR, slapd.home().administratorPassword())).isTrue();
  }

  @Test
  void logIn_personWithTheRightPassword_isRefused() throws Exception {
    assertThat(logsIn("eve", Entries.password("eve"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lam", "wrong"})
  void logIn_administratorWithAnotherPassword_isRefused(String password) throws Exception {
    assertThat(logsIn(SlapdHome.ADMINISTRATOR, password)).isFalse();
  }

  /** LAM's own pages change who may log in, behind a password that comes with it: lam. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/templates/config/index.php",
        "/templates/config/conflogin.php",
        "/templates/config/mainlogin.php",
        "/templates/config/../config/mainmanage.php",
        "//templates/config/index.php",
        "/templates//config/index.php",
        "/templates/%63onfig/index.php",
        "/templates/selfService/selfServiceLogin.php",
        "/config/config.cfg",
        "/config/gatehouse.conf",
        "/sess/",
        "/tmp/internal/",
        "/lib/config.inc",
        "/docs/manual/index.html"
      })
  void get_whatIsNobodysBusiness_isForbidden(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(403);
  }
}
