package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Keys;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** {@code ssh -A} with a real ssh-agent ({@code auth-agent@openssh.com}). */
abstract class AgentContract {
  @Test
  void agent_isForwarded_remoteSideListsItsKeys(Laptop laptop) {
    var result = agent(laptop, laptop.openssh("-A", HOST, "ssh-add -l")).run().ok();
    assertThat(result.stdout()).contains("held-by-the-agent");
  }

  @Test
  void agent_isForwarded_remoteSideCanSign(Laptop laptop) {
    Tree.write(laptop.remote().resolve("text"), "text");
    var sign =
        "ssh-add -L > key.pub && ssh-keygen -q -Y sign -f key.pub -n n text"
            + " && ssh-keygen -q -Y check-novalidate -n n -s text.sig < text";
    agent(laptop, laptop.openssh("-A", HOST, "cd " + laptop.remote() + " && " + sign)).run().ok();
  }

  @Test
  void agent_isUsedManyTimesAtOnce_eachGetsAnAnswer(Laptop laptop) {
    var five = "for i in 1 2 3 4 5; do ssh-add -l & done; wait";
    var result = agent(laptop, laptop.openssh("-A", HOST, five)).run().ok();
    assertThat(result.stdout().lines()).hasSize(5).allMatch(l -> l.contains("held-by-the-agent"));
  }

  @Test
  void agent_isForwarded_onlyItsOwnerCanReachTheSocket(Laptop laptop) {
    var mode = "stat -c %a \"$(dirname $SSH_AUTH_SOCK)\"";
    assertThat(agent(laptop, laptop.openssh("-A", HOST, mode)).run().stdout()).isEqualTo("700\n");
  }

  @Test
  void agent_isNotForwarded_remoteSideHasNone(Laptop laptop) {
    var result = agent(laptop, laptop.openssh("-a", HOST, "echo \"[$SSH_AUTH_SOCK]\"")).run();
    assertThat(result.stdout()).isEqualTo("[]\n");
  }

  /** Gives a program an agent with one key; that key opens nothing. */
  private static Program agent(Laptop laptop, Program program) {
    var socket = laptop.home().resolve("a");
    laptop.start(laptop.program("ssh-agent", "-D", "-a", socket.toString()));
    Poll.until("the agent listens", () -> Files.exists(socket));
    Keys.generate(laptop.home(), "held-by-the-agent");
    laptop
        .program("ssh-add", "-q", "held-by-the-agent")
        .with("SSH_AUTH_SOCK", socket.toString())
        .run()
        .ok();
    return program.with("SSH_AUTH_SOCK", socket.toString());
  }
}
