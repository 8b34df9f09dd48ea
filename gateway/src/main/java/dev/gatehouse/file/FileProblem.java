package dev.gatehouse.file;

import dev.gatehouse.failure.Quote;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What the operating system said about a file, in words: Java's exceptions give a bare path. */
public final class FileProblem {
  private FileProblem() {}

  /** Why, in a few words that follow a colon. */
  public static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> about(missing, "does not exist");
      case AccessDeniedException denied -> about(denied, "is not open to this user");
      case FileAlreadyExistsException there -> about(there, "is in the way");
      case NotDirectoryException other -> about(other, "is not a folder");
      case FileSystemException other when other.getReason() != null ->
          about(other, Quote.plain(other.getReason()));
      default -> Quote.plain(e.getMessage() == null ? e.toString() : e.getMessage());
    };
  }

  private static String about(FileSystemException e, String what) {
    return e.getFile() == null ? what : Quote.path(Path.of(e.getFile())) + " " + what;
  }
}
