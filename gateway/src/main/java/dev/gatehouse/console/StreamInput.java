package dev.gatehouse.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.failure.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;

/** A file or pipe: nobody is there to be asked. */
record StreamInput(InputStream in) implements Input {
  @Override
  public Optional<String> ask(String question) {
    return Optional.empty();
  }

  @Override
  public String read(String question) throws InterruptedException {
    var bytes = bytes();
    if (bytes.length > MOST) {
      throw UserError.usage("the input is longer than %d KiB".formatted(MOST / 1024));
    }
    var text = new String(bytes, UTF_8);
    PrivateKeys.refuse(text);
    return text;
  }

  private byte[] bytes() throws InterruptedException {
    try {
      return in.readNBytes(MOST + 1);
    } catch (InterruptedIOException e) {
      throw new InterruptedException("interrupted");
    } catch (IOException e) {
      throw new ClientGone(e);
    }
  }
}
