package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.Call;
import dev.gatehouse.console.terminal.Key;
import dev.gatehouse.console.view.FullScreen;
import dev.gatehouse.failure.FailureException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The live view, on the command's thread: it draws and reads keys, and never waits for the
 * platform. A thread of its own asks that, so that q is obeyed while a gateway does not answer.
 */
final class TopLoop {
  /** How soon a new picture and a new size of the window are seen. */
  private static final Duration TICK = Duration.ofMillis(100);

  /** What was learnt of the platform at last. */
  private record Told(Optional<TopPicture> picture, Optional<String> trouble) {}

  private final Call call;
  private final Duration pause;
  private final TopSource source;
  private final TopView view;
  private Told told = new Told(Optional.empty(), Optional.empty());
  private @Nullable CompletableFuture<TopPicture> asked;
  private long nextQuestion = System.nanoTime();

  TopLoop(Call call, Duration pause) {
    this.call = call;
    this.pause = pause;
    this.source = new TopSource(call.services());
    this.view = new TopView(call.screen(), call.services());
  }

  /** Returns when the person wants no more. */
  void run(TopChoice first) throws InterruptedException {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
        var screen = new FullScreen(call.screen())) {
      try {
        watch(screen, threads, first);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private void watch(FullScreen screen, ExecutorService threads, TopChoice first)
      throws InterruptedException {
    var choice = first;
    var isNews = true;
    for (var key = Optional.<Key>empty(); !key.equals(Optional.of(Key.QUIT)); ) {
      if (key.isPresent()) {
        choice = choice.after(key.get());
      }
      if (isNews || key.isPresent() || screen.isResized()) {
        choice = view.scrolled(told.picture(), choice);
        screen.draw(view.lines(told.picture(), told.trouble(), choice));
      }
      key = call.input().key(TICK);
      isNews = follow(threads);
    }
  }

  /** Whether there is something new to show. */
  private boolean follow(ExecutorService threads) {
    if (asked == null && System.nanoTime() - nextQuestion >= 0) {
      asked = CompletableFuture.supplyAsync(this::take, threads);
    }
    if (asked == null || !asked.isDone()) {
      return false;
    }
    told = answer(asked);
    asked = null;
    nextQuestion = System.nanoTime() + pause.toNanos();
    return true;
  }

  private TopPicture take() {
    try {
      return source.take();
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  /** While the platform cannot be asked, what was known stays on the screen. */
  private Told answer(CompletableFuture<TopPicture> answer) {
    try {
      return new Told(Optional.of(answer.join()), Optional.empty());
    } catch (CompletionException e) {
      if (e.getCause() instanceof FailureException failed) {
        return new Told(told.picture(), Optional.of(failed.failure().line()));
      }
      throw e.getCause() instanceof RuntimeException bug ? bug : e;
    }
  }
}
