package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code git} with a repository in the remote home. */
abstract class GitContract {
  @Test
  void git_pushesAndClones_historyIsTheSame(Laptop laptop) {
    var work = laptop.home().resolve("work");
    git(laptop, laptop.remote(), "init", "-q", "--bare", "bare").ok();
    Tree.make(work, 200);
    git(laptop, work, "init", "-q", "-b", "main").ok();
    git(laptop, work, "add", ".").ok();
    git(laptop, work, "commit", "-q", "-m", "first").ok();
    var url = HOST + ":" + laptop.remote() + "/bare";
    git(laptop, work, "push", url, "main").ok();

    git(laptop, laptop.home(), "clone", "-q", "-b", "main", url, "clone").ok();
    var clone = laptop.home().resolve("clone");
    assertThat(head(laptop, clone)).isEqualTo(head(laptop, work));

    Tree.write(clone.resolve("more"), "more");
    git(laptop, clone, "add", ".").ok();
    git(laptop, clone, "commit", "-q", "-m", "second").ok();
    git(laptop, clone, "push", "-q").ok();
    git(laptop, work, "pull", "-q", url, "main").ok();
    assertThat(work.resolve("more")).hasContent("more");
  }

  @Test
  void git_missingRepository_fails(Laptop laptop) {
    var result = git(laptop, laptop.home(), "ls-remote", HOST + ":" + laptop.remote() + "/none");
    assertThat(result.exit()).isEqualTo(128);
    assertThat(result.stderr()).contains("does not appear to be a git repository");
  }

  private static String head(Laptop laptop, Path repository) {
    return git(laptop, repository, "rev-parse", "HEAD").ok().stdout();
  }

  private static Result git(Laptop laptop, Path folder, String... arguments) {
    var git = Programs.require("git", "git").toString();
    var settings = List.of(git, "-c", "user.name=A", "-c", "user.email=a@example.com");
    var command = Stream.concat(settings.stream(), Stream.of(arguments)).toList();
    return Program.in(laptop.home(), command)
        .in(folder)
        .with("GIT_CONFIG_NOSYSTEM", "1")
        .with("GIT_SSH_COMMAND", laptop.sshCommand())
        .run();
  }
}
