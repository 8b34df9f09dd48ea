package dev.gatehouse.workspace.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemConfigurator;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/**
 * SFTP version 3 (draft-ietf-secsh-filexfer-02) for a machine without OpenSSH's sftp-server:
 * MINA's, with that program's extensions and its way with attributes. Names are text in the
 * encoding of this process, so that one of other bytes cannot be reached; that takes sftp-server.
 */
final class BuiltInSftp extends SftpSubsystem {
  /** The names and versions of OpenSSH's file PROTOCOL. */
  private static final List<String> EXTENSIONS =
      List.of(
          "posix-rename@openssh.com 1",
          "statvfs@openssh.com 2",
          "hardlink@openssh.com 1",
          "fsync@openssh.com 1",
          "lsetstat@openssh.com 1",
          "limits@openssh.com 1",
          "copy-data 1");

  private static final int EXTENDED_REPLY = 201;
  private static final int NAME_MAX = 255;

  private BuiltInSftp(ChannelSession channel, SftpSubsystemConfigurator configurator) {
    super(channel, configurator);
  }

  /** For sessions whose relative paths begin at the home. */
  static SubsystemFactory factory(Path home) {
    var usual = new SftpSubsystemFactory();
    usual.setFileSystemAccessor(
        new SftpFileSystemAccessor() {
          @Override
          public Path resolveLocalFilePath(SftpSubsystemProxy sftp, Path root, String path) {
            return home.resolve(path);
          }
        });
    return new SubsystemFactory() {
      @Override
      public String getName() {
        return usual.getName();
      }

      @Override
      public BuiltInSftp createSubsystem(ChannelSession channel) {
        return new BuiltInSftp(channel, usual);
      }
    };
  }

  @Override
  protected void appendExtensions(Buffer buffer, String supportedVersions) {
    for (var extension : EXTENSIONS) {
      var words = extension.split(" ", -1);
      buffer.putString(words[0]);
      buffer.putString(words[1]);
    }
  }

  @Override
  protected void executeExtendedCommand(Buffer buffer, int id, String extension)
      throws IOException {
    if (!extension.equals("statvfs@openssh.com")) {
      super.executeExtendedCommand(buffer, id, extension);
      return;
    }
    var path = buffer.getString();
    try {
      var answer = fileSystem(resolveFile(path));
      var reply = prepareReply(buffer);
      reply.putByte((byte) EXTENDED_REPLY);
      reply.putInt(id);
      answer.forEach(reply::putLong);
      send(reply);
    } catch (IOException | RuntimeException e) {
      sendStatus(prepareReply(buffer), id, e, SftpConstants.SSH_FXP_EXTENDED, path);
    }
  }

  /** In the order of the reply; Java knows nothing of inodes, the number and the flags. */
  private static List<Long> fileSystem(Path path) throws IOException {
    var store = Files.getFileStore(path);
    var block = store.getBlockSize();
    return List.of(
        block,
        block,
        store.getTotalSpace() / block,
        store.getUnallocatedSpace() / block,
        store.getUsableSpace() / block,
        0L,
        0L,
        0L,
        0L,
        0L,
        (long) NAME_MAX);
  }

  /** MINA takes a hard link's relative path for one in the gateway's own folder. */
  @Override
  protected void createLink(int id, String existing, String link, boolean symLink)
      throws IOException {
    var target = symLink ? existing : resolveFile(existing).toString();
    super.createLink(id, target, link, symLink);
  }

  @Override
  protected NavigableMap<String, Object> resolveFileAttributes(
      Path path, int flags, boolean neverFollowSymLinks, LinkOption... options) throws IOException {
    return new TreeMap<>(Files.readAttributes(path, "unix:*", options));
  }

  /** As lstat(2) sees it. A file that went away meanwhile is told without attributes. */
  @Override
  protected void writeDirEntry(
      int id,
      DirectoryHandle folder,
      Map<String, Path> entries,
      Buffer buffer,
      int index,
      Path file,
      String name,
      LinkOption... options) {
    NavigableMap<String, Object> attributes;
    try {
      attributes = resolveFileAttributes(file, 0, true, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      attributes = new TreeMap<>();
    }
    entries.put(name, file);
    buffer.putString(name);
    buffer.putString(attributes.isEmpty() ? name : LongName.of(name, attributes));
    writeAttrs(buffer, attributes);
  }

  @Override
  protected void writeAttrs(Buffer buffer, Map<String, ?> attributes) {
    SftpAttributes.write(buffer, attributes);
  }

  @Override
  protected Map<String, Object> readAttrs(Buffer buffer) {
    return SftpAttributes.read(buffer);
  }

  /** A new folder has no more rights than the umask leaves; those that were asked for narrow it. */
  @Override
  protected void doSetAttributes(
      int command, String extension, Path file, Map<String, ?> attributes, boolean followLinks)
      throws IOException {
    var wanted = new TreeMap<String, Object>(attributes);
    if (command == SftpConstants.SSH_FXP_MKDIR) {
      var made = (int) Files.getAttribute(file, "unix:mode");
      wanted.computeIfPresent(SftpAttributes.MODE, (_, mode) -> (int) mode & made);
    }
    super.doSetAttributes(command, extension, file, wanted, followLinks);
  }

  @Override
  protected void setFileAttributes(Path file, Map<String, ?> attributes, LinkOption... options)
      throws IOException {
    if (attributes.get(SftpAttributes.SIZE) instanceof Long size) {
      resize(file, size, options);
    }
    if (attributes.get(SftpAttributes.MODE) instanceof Integer mode) {
      Files.setAttribute(file, "unix:mode", mode & SftpAttributes.ALL_MODES, options);
    }
    if (attributes.get(SftpAttributes.MODIFIED) instanceof FileTime modified
        && attributes.get(SftpAttributes.ACCESSED) instanceof FileTime accessed) {
      Files.getFileAttributeView(file, BasicFileAttributeView.class, options)
          .setTimes(modified, accessed, null);
    }
    if (attributes.get(SftpAttributes.UID) instanceof Integer uid
        && attributes.get(SftpAttributes.GID) instanceof Integer gid) {
      Files.setAttribute(file, "unix:uid", uid, options);
      Files.setAttribute(file, "unix:gid", gid, options);
    }
  }

  /** As truncate(2), which Java has for smaller sizes only. */
  private static void resize(Path file, long size, LinkOption... options) throws IOException {
    var ways = new HashSet<OpenOption>(List.of(options));
    ways.add(StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, ways)) {
      if (size > channel.size()) {
        var _ = channel.write(ByteBuffer.allocate(1), size - 1);
      } else {
        var _ = channel.truncate(size);
      }
    }
  }
}
