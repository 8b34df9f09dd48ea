package dev.gatehouse.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Keeps what a stream brings, from a thread of its own, so that the writer never blocks. */
final class Capture {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CountDownLatch ended = new CountDownLatch(1);

  Capture(String name, InputStream in) {
    Thread.ofPlatform().daemon().name("capture " + name).start(() -> copy(in));
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Waits until the pattern is found in all that came so far. */
  MatchResult await(String regex, Duration patience) {
    var pattern = Pattern.compile(regex);
    var ended = new boolean[1];
    Poll.until(
        () -> "'" + regex + "' in: " + text(),
        patience,
        () -> {
          ended[0] = this.ended.getCount() == 0;
          return pattern.matcher(text()).find() || ended[0];
        });
    var matcher = pattern.matcher(text());
    if (!matcher.find()) {
      throw new AssertionError("ended without '" + regex + "': " + text());
    }
    return matcher.toMatchResult();
  }

  void awaitEnd(Duration patience) {
    Poll.until(() -> "the stream's end after: " + text(), patience, () -> ended.getCount() == 0);
  }

  /** Answers whether it did. */
  boolean endsWithin(Duration patience) throws InterruptedException {
    return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void copy(InputStream in) {
    try (in) {
      in.transferTo(bytes);
    } catch (IOException e) {
      // A pseudo-terminal ends with EIO, a closed process with "Stream closed".
    } finally {
      ended.countDown();
    }
  }
}
