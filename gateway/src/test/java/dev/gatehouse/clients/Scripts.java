package dev.gatehouse.clients;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Resources;
import java.nio.file.Path;

/** Clients that are libraries, each driven by a script in src/test/resources/clients. */
final class Scripts {
  /** The one that Debian's packages of libraries belong to, whatever else is on the PATH. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final Path DEBIAN_LIBRARIES = Path.of("/usr/lib/python3/dist-packages");

  private static final Path DEBIAN_NET_SSH =
      Path.of("/usr/share/rubygems-integration/all/specifications");

  private Scripts() {}

  /** A Python library's script, and what it should do. */
  static Program python(Laptop laptop, String library, String... action) {
    Programs.require(PYTHON, "python3");
    Programs.requireFile(
        DEBIAN_LIBRARIES.resolve(library), "apt-get install", "python3-" + library);
    var knownHosts = laptop.target().knownHosts().toString();
    return connecting(laptop, PYTHON, library + "_client.py").and(knownHosts).and(action);
  }

  /** The script of Ruby's net-ssh, and what it should do. */
  static Program ruby(Laptop laptop, String... action) {
    var ruby = Programs.require("/usr/bin/ruby", "ruby").toString();
    Programs.requireFile(
        DEBIAN_NET_SSH.resolve("net-ssh-7.0.1.gemspec"), "apt-get install", "ruby-net-ssh");
    var knownHosts = laptop.target().knownHosts().toString();
    return connecting(laptop, ruby, "net_ssh_client.rb").and(knownHosts).and(action);
  }

  /** The script of the npm package ssh2, and what it should do. */
  static Program node(Laptop laptop, String... action) {
    var node = Programs.require("node", "nodejs").toString();
    var modules = nodeModules();
    Programs.requireFile(
        modules.resolve("ssh2"),
        "npm install --no-save --omit=optional --ignore-scripts --prefix " + modules.getParent(),
        "ssh2@1.17.0");
    return connecting(laptop, node, "node_client.js")
        .and(laptop.hostKey().fingerprint())
        .and(action)
        .with("NODE_PATH", modules.toString());
  }

  /** Where .ci/run puts them; Maven runs tests in the module's folder. */
  private static Path nodeModules() {
    var given = System.getenv("GATEHOUSE_NODE_MODULES");
    return given != null ? Path.of(given) : Path.of("target/node/node_modules").toAbsolutePath();
  }

  private static Program connecting(Laptop laptop, String interpreter, String script) {
    var target = laptop.target();
    return laptop
        .program(interpreter, Resources.file("clients/" + script).toString())
        // Debian's asyncssh is older than the cryptography it uses, which says so at each start.
        .with("PYTHONWARNINGS", "ignore")
        .and(target.host(), "" + target.port(), target.login(), target.identity().toString());
  }
}
