package dev.gatehouse.file;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A text that a person wrote, read once. */
public final class TextFile {
  private TextFile() {}

  /**
   * Reads a whole file. Reading ends at the limit, so that an endless file such as {@code
   * /dev/zero} is refused too.
   *
   * @param what what the file is, for messages, such as {@code cluster definition}
   * @param limit the most bytes it may have
   * @param malformed the exit code when the file is there but no text, or too long
   * @throws UserError if there is no such file ({@link ExitCode#NOINPUT}), or as above
   */
  public static String read(Path file, String what, int limit, ExitCode malformed) {
    var bytes = bytes(file, what, limit + 1);
    if (bytes.length > limit) {
      throw new UserError(
          malformed, "%s %s is larger than %s".formatted(what, Quote.path(file), mebibytes(limit)));
    }
    return decode(bytes, file, what, malformed);
  }

  private static byte[] bytes(Path file, String what, int most) {
    if (Files.isDirectory(file)) {
      throw noInput(what, file, "is a folder, not a file");
    }
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(most);
    } catch (NoSuchFileException e) {
      throw noInput(what, file, "does not exist");
    } catch (AccessDeniedException e) {
      throw noInput(what, file, "may not be read by this user");
    } catch (IOException e) {
      throw noInput(what, file, "cannot be read: " + FileProblem.of(e));
    }
  }

  private static String decode(byte[] bytes, Path file, String what, ExitCode malformed) {
    var in = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(in)
          .toString();
    } catch (CharacterCodingException e) {
      // The decoder stops in front of the bytes that are none of UTF-8.
      var offset = in.position();
      throw new UserError(
          malformed,
          "%s %s is not UTF-8: line %d, byte %d of the file"
              .formatted(what, Quote.path(file), lineAt(bytes, offset), offset + 1));
    }
  }

  private static int lineAt(byte[] bytes, int offset) {
    var line = 1;
    for (var i = 0; i < offset; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private static String mebibytes(int bytes) {
    return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : bytes + " bytes";
  }

  private static UserError noInput(String what, Path file, String problem) {
    return new UserError(ExitCode.NOINPUT, "%s %s %s".formatted(what, Quote.path(file), problem));
  }
}
