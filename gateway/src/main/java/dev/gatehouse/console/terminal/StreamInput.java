package dev.gatehouse.console.terminal;

import dev.gatehouse.console.editor.Edited;
import dev.gatehouse.console.editor.Editing;
import dev.gatehouse.console.view.ClientGone;
import dev.gatehouse.failure.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;

/** A file or pipe: nobody is there to be asked. */
public record StreamInput(InputStream in) implements Input {
  @Override
  public Optional<String> ask(String question) {
    return Optional.empty();
  }

  @Override
  public Optional<Key> key(Duration within) {
    return Optional.of(Key.QUIT);
  }

  @Override
  public String read(String question) throws InterruptedException {
    var text = TextFiles.decoded(bytes(MOST));
    PrivateKeys.refuse(text);
    return text;
  }

  @Override
  public Optional<String> secret(String question) {
    return Optional.empty();
  }

  @Override
  public String file() throws InterruptedException {
    return TextFiles.of(bytes(MOST_OF_FILE));
  }

  @Override
  public String exactly(int most) throws InterruptedException {
    return TextFiles.exactly(bytes(most));
  }

  @Override
  public Edited edit(Editing editing) {
    throw UserError.usage(
        "there is no terminal to edit on: use ssh -t, or give the whole text on stdin");
  }

  private byte[] bytes(int most) throws InterruptedException {
    var bytes = read(most + 1);
    if (bytes.length > most) {
      throw UserError.usage("the input is longer than %d KiB".formatted(most / 1024));
    }
    return bytes;
  }

  private byte[] read(int most) throws InterruptedException {
    try {
      return in.readNBytes(most);
    } catch (InterruptedIOException e) {
      throw new InterruptedException("interrupted");
    } catch (IOException e) {
      throw new ClientGone(e);
    }
  }
}
