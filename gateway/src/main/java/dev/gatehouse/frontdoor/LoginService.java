package dev.gatehouse.frontdoor;

import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.PersonLookup;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.session.AbstractServerSession;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.session.ServerUserAuthService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ssh-userauth service (RFC 4252). MINA asks its authenticators on an I/O thread, which must
 * not wait for a directory: so the first request is kept until the person has been looked up on a
 * virtual thread, and MINA's state machine runs on what is known by then.
 */
final class LoginService extends ServerUserAuthService {
  private static final Logger LOG = LoggerFactory.getLogger(LoginService.class);

  /** No client sends more than one or two requests without waiting for an answer. */
  private static final int MAX_HELD = 8;

  private record Message(int command, Buffer buffer) {}

  private final AbstractServerSession session;
  private final Directory directory;
  private final Optional<String> banner;
  private final Queue<Message> held = new ArrayDeque<>();
  private boolean lookingUp;
  private boolean known;

  LoginService(AbstractServerSession session, Directory directory, Optional<String> banner)
      throws IOException {
    super(session);
    this.session = session;
    this.directory = directory;
    this.banner = banner;
  }

  // MINA's lock is not taken while a message is only kept: the I/O thread would wait for the
  // lookup.
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  @Override
  public void process(int command, Buffer buffer) throws Exception {
    synchronized (held) {
      if (!known) {
        hold(command, buffer);
        return;
      }
    }
    super.process(command, buffer);
  }

  /** MINA takes a text that holds a URL for the place of a file. */
  @Override
  protected @Nullable String resolveWelcomeBanner(ServerSession unused) {
    return banner.map(text -> text.endsWith("\n") ? text : text + "\n").orElse(null);
  }

  private void hold(int command, Buffer buffer) throws SshException {
    if (held.size() >= MAX_HELD) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "too many requests at once");
    }
    var message = new Message(command, copy(command, buffer));
    held.add(message);
    if (!lookingUp) {
      if (command != SshConstants.SSH_MSG_USERAUTH_REQUEST) {
        throw new SshException(
            SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "no authentication was asked for");
      }
      lookingUp = true;
      session.getIoSession().suspendRead();
      var login = peekUser(message.buffer);
      Thread.ofVirtual().name("login-" + session.getIoSession().getId()).start(() -> lookUp(login));
    }
  }

  private void lookUp(String login) {
    try {
      session.setAttribute(Candidate.KEY, candidate(LoginName.parse(login)));
      for (var message = next(); message != null; message = next()) {
        super.process(message.command, message.buffer);
      }
    } catch (Exception e) {
      session.exceptionCaught(e);
    } finally {
      session.getIoSession().resumeRead();
    }
  }

  private Candidate candidate(Optional<LoginName> name) {
    if (name.isEmpty()) {
      return new Candidate(name, new PersonLookup.Unknown());
    }
    try {
      var lookup = directory.person(name.get().username());
      if (lookup instanceof PersonLookup.Unavailable(var why)) {
        LOG.warn("[directory-unavailable] {} cannot log in now: {}", name.get().username(), why);
      }
      return new Candidate(name, lookup);
    } catch (RuntimeException e) {
      LOG.error("[directory-broken] looking up {} failed", name.get().username(), e);
      return new Candidate(name, new PersonLookup.Unavailable("broken"));
    }
  }

  /** The oldest message that was kept; from the moment that there is none, none is kept. */
  private @Nullable Message next() {
    synchronized (held) {
      var message = held.poll();
      known = message == null;
      return message;
    }
  }

  /** With the command in front, as MINA's buffers have it, because MINA steps back to read it. */
  private static Buffer copy(int command, Buffer buffer) {
    var copy = new ByteArrayBuffer(buffer.available() + 1);
    copy.putByte((byte) command);
    copy.putRawBytes(buffer.array(), buffer.rpos(), buffer.available());
    copy.rpos(1);
    return copy;
  }

  private static String peekUser(Buffer buffer) {
    var user = buffer.getString();
    buffer.rpos(1);
    return user;
  }

  /** Makes a {@link LoginService} for each connection. */
  static final class Factory implements org.apache.sshd.common.ServiceFactory {
    private final Directory directory;
    private final Optional<String> banner;

    Factory(Directory directory, Optional<String> banner) {
      this.directory = directory;
      this.banner = banner;
    }

    @Override
    public String getName() {
      return "ssh-userauth";
    }

    @Override
    public LoginService create(Session session) throws IOException {
      return new LoginService((AbstractServerSession) session, directory, banner);
    }
  }
}
