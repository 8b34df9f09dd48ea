package dev.gatehouse.directory.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Browser;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Keys;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Nightly;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web UI as an administrator uses it: in a browser, through a tunnel of the gateway. */
@Nightly
final class LdapUiIT {
  @TempDir Path folder;

  @Test
  void person_madeInTheBrowser_logsInBySsh() throws IOException {
    var home = SlapdHome.in(folder);
    try (var _ = home.start();
        var ui = new LdapUi(home);
        var laptop = new Laptop(new DirectoryGateway(home, app(ui)));
        var _ = laptop.keep(laptop.target());
        var browser = new Browser()) {
      var key = Keys.generate(laptop.home(), "grace");
      var pages = tunnel(laptop, ui) + "/templates/";
      logIn(browser, pages, home.administratorPassword());
      addPerson(browser, pages, Folders.read(Path.of(key + ".pub")).strip());
      addToGroup(browser, pages);

      var grace = laptop.openssh("-i", key.toString(), "-l", "grace", Laptop.HOST);
      assertThat(grace.and("gate whoami").run().ok().stdout())
          .contains("grace", "Grace Hopper", "gatehouse-admins");
      assertThat(grace.and("echo in the workspace").run().ok().stdout())
          .isEqualTo("in the workspace\n");
    }
  }

  /** As deployed, but for the address: here it has none of its own. */
  private static String app(LdapUi ui) {
    return "apps: {ldap-ui: {host: 127.0.0.1, ports: [%d]}}\n".formatted(ui.port());
  }

  /** As the administrator who the laptop's person is; no workspace runs for it. */
  private static String tunnel(Laptop laptop, LdapUi ui) {
    var port = Ports.free();
    laptop.start(laptop.openssh("-N", "-L", port + ":ldap-ui:" + ui.port(), Laptop.HOST));
    Poll.until("the tunnel is open", () -> Ports.isListening(port));
    return "http://localhost:" + port;
  }

  private static void logIn(Browser browser, String pages, String password) {
    browser.open(pages + "login.php");
    browser.type("#username", SlapdHome.ADMINISTRATOR);
    browser.type("#passwd", password);
    browser.follow("#btn_checklogin");
    Poll.until("logged in", () -> browser.text("body").contains("Logout"));
  }

  private static void addPerson(Browser browser, String pages, String key) throws IOException {
    browser.open(pages + "account/edit.php?type=user");
    browser.type("[name=givenName]", "Grace");
    browser.type("[name=sn]", "Hopper");
    browser.follow("[name=form_main_posixAccount]");
    browser.type("[name=uid]", "grace");
    browser.follow("[name=form_main_ldapPublicKey]");
    browser.type("[name=sshPublicKey_0]", key);
    save(browser);
    browser.open(edit(pages, "user", "uid=grace,ou=people"));
    browser.follow("[name=form_main_posixAccount]");
    assertThat(browser.text("body")).contains("everyone");
    // docs/ldap-ui.png is one of these.
    Files.write(Path.of("target/ldap-ui.png"), browser.screenshot());
  }

  private static void addToGroup(Browser browser, String pages) {
    browser.open(edit(pages, "group", "cn=gatehouse-admins,ou=groups"));
    browser.follow("[name$=_user_open]");
    browser.click("#members_2 option");
    browser.follow("[name=members_left]");
    browser.follow("[name$=_attributes_back]");
    save(browser);
  }

  private static String edit(String pages, String type, String entry) {
    return "%saccount/edit.php?type=%s&DN='%s,%s'".formatted(pages, type, entry, SlapdHome.BASE);
  }

  private static void save(Browser browser) {
    browser.follow("#btn_accountContainerSaveAccount");
    Poll.until("saved", () -> browser.text("body").contains("LDAP operation successful"));
  }
}
