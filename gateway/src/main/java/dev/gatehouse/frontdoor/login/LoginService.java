package dev.gatehouse.frontdoor.login;

import dev.gatehouse.cluster.LoginSettings.Method;
import dev.gatehouse.directory.PasswordCheck;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.mfa.CodeCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.server.session.AbstractServerSession;
import org.jspecify.annotations.Nullable;

/**
 * The ssh-userauth service (RFC 4252) of one connection. Its messages come from a {@link
 * AuthMessageQueue}, one at a time on a virtual thread, so that the directory may be waited for.
 * Whoever is refused learns nothing else: not whether the name exists, nor why.
 */
final class LoginService extends AbstractCloseable implements Service {
  private static final String CONNECTION = "ssh-connection";

  /** No honest client asks about so many keys. */
  private static final int MAX_REQUESTS = 100;

  private final AbstractServerSession session;
  private final LoginContext context;
  private final Replies replies;
  private final AuthMessageQueue authMessageQueue;
  private @Nullable LoginAttempt loginAttempt;
  private Optional<Method> asked = Optional.empty();
  private int requests;

  LoginService(AbstractServerSession session, LoginContext context) {
    this.session = session;
    this.context = context;
    this.replies = new Replies(session);
    this.authMessageQueue = new AuthMessageQueue(session, this::handle);
  }

  @Override
  public Session getSession() {
    return session;
  }

  @Override
  public Map<String, Object> getProperties() {
    return Map.of();
  }

  @Override
  public void start() {}

  @Override
  public void process(int message, Buffer in) throws SshException {
    authMessageQueue.put(message, in);
  }

  private void handle(int message, Buffer in, long arrived) throws Exception {
    if (session.isAuthenticated()) {
      return; // RFC 4252, 5.1: ignored
    }
    try {
      switch (message) {
        case SshConstants.SSH_MSG_USERAUTH_REQUEST -> request(AuthRequest.parse(in), arrived);
        case SshConstants.SSH_MSG_USERAUTH_INFO_RESPONSE -> answer(in, arrived);
        default -> throw protocolError("message %d before the login".formatted(message));
      }
    } catch (BufferException e) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "malformed authentication request", e);
    } catch (FailureException e) {
      context.authenticationListener().failed(e.failure());
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_SERVICE_NOT_AVAILABLE,
          "gatehouse: " + e.failure().line(),
          e);
    }
  }

  private void request(AuthRequest request, long arrived) throws Exception {
    asked = Optional.empty();
    requests++;
    if (!request.service().equals(CONNECTION)) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_SERVICE_NOT_AVAILABLE, "there is no such service");
    }
    var loginAttempt = attempt(request);
    switch (request.method()) {
      case PublicKeyRequest.METHOD -> publicKey(loginAttempt, request, arrived);
      case "keyboard-interactive" -> prompt(loginAttempt, arrived);
      // To ask what there is costs nothing, the first time.
      case "none" -> refuse(loginAttempt, requests > 1, arrived);
      default -> refuse(loginAttempt, true, arrived);
    }
  }

  private LoginAttempt attempt(AuthRequest request) throws Exception {
    if (loginAttempt == null) {
      var banner = context.definition().get().gateway().banner();
      if (banner.isPresent()) {
        replies.banner(banner.get());
      }
      context.authenticationListener().tried(session);
      loginAttempt =
          LoginAttempt.begin(
              request.user(), (InetSocketAddress) session.getClientAddress(), context);
    } else if (!loginAttempt.isBy(request.user())) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_ILLEGAL_USER_NAME,
          "Change of username or service is not allowed");
    } else if (requests > MAX_REQUESTS) {
      throw tooMany();
    }
    return loginAttempt;
  }

  private void publicKey(LoginAttempt loginAttempt, AuthRequest request, long arrived)
      throws Exception {
    var asked = PublicKeyRequest.parse(request);
    var offer =
        loginAttempt.mayTry(Method.PUBLICKEY)
            ? context.keys(session).find(loginAttempt.candidate(), asked)
            : Optional.<OfferedKeys.Offer>empty();
    if (offer.isEmpty()) {
      refuse(loginAttempt, true, arrived);
    } else if (asked.isQuery()) {
      replies.publicKeyOk(asked.algorithm(), asked.blob());
    } else if (asked.isSignedWith(
        offer.get(), session.getSessionId(), LoginContext.algorithms(session))) {
      proven(loginAttempt, offer.get().proof(), arrived);
    } else {
      refuse(loginAttempt, true, arrived);
    }
  }

  /** Everybody is asked where anybody may be: a prompt must not tell who exists. */
  private void prompt(LoginAttempt loginAttempt, long arrived) throws Exception {
    if (loginAttempt.mayTry(Method.TOTP)) {
      ask(Method.TOTP, "Verification code: ");
    } else if (loginAttempt.mayTry(Method.KEYBOARD_INTERACTIVE)) {
      ask(Method.KEYBOARD_INTERACTIVE, "Password: ");
    } else {
      refuse(loginAttempt, true, arrived);
    }
  }

  private void ask(Method method, String question) throws IOException {
    asked = Optional.of(method);
    replies.prompt(question);
  }

  private void answer(Buffer in, long arrived) throws Exception {
    if (loginAttempt == null || asked.isEmpty()) {
      throw protocolError("an answer to no question");
    }
    var question = asked.get();
    asked = Optional.empty();
    var typed = in.getUInt() == 1 ? in.getString() : "";
    AuthRequest.requireEnd(in);
    if (question == Method.TOTP) {
      code(loginAttempt, typed, arrived);
    } else {
      password(loginAttempt, typed, arrived);
    }
  }

  /** Why a code did not do is for the log: a guesser learns nothing, also not that it is locked. */
  private void code(LoginAttempt loginAttempt, String code, long arrived) throws Exception {
    switch (loginAttempt.code(code)) {
      case CodeCheck.Right(var recovery) -> proven(loginAttempt, new Proof.Code(recovery), arrived);
      case CodeCheck.Wrong _, CodeCheck.Replayed _, CodeCheck.Locked _, CodeCheck.NotEnrolled _ ->
          refuse(loginAttempt, true, arrived);
    }
  }

  private void password(LoginAttempt loginAttempt, String password, long arrived) throws Exception {
    switch (loginAttempt.password(password)) {
      case PasswordCheck.Right() -> proven(loginAttempt, new Proof.Password(), arrived);
      case PasswordCheck.Wrong() -> refuse(loginAttempt, true, arrived);
      case PasswordCheck.Unavailable(_) -> throw unavailable();
    }
  }

  private void proven(LoginAttempt loginAttempt, Proof proof, long arrived) throws Exception {
    if (loginAttempt.candidate().unavailable()) {
      throw unavailable();
    }
    switch (loginAttempt.proven(proof)) {
      case LoginAttempt.Outcome.Useless() -> refuse(loginAttempt, true, arrived);
      case LoginAttempt.Outcome.More() -> more(loginAttempt);
      case LoginAttempt.Outcome.Complete complete -> succeed(loginAttempt, complete);
    }
  }

  private void more(LoginAttempt loginAttempt) throws Exception {
    if (loginAttempt.mayEnrol()) {
      succeed(loginAttempt, loginAttempt.toEnrol());
    } else {
      replies.failure(loginAttempt.canContinue(), true);
    }
  }

  /** Identity is bound here and nowhere else. */
  private void succeed(LoginAttempt loginAttempt, LoginAttempt.Outcome.Complete complete)
      throws Exception {
    var login =
        new Login(
            complete.name(),
            complete.person(),
            loginAttempt.candidate().from(),
            loginAttempt.proofs(),
            session.getClientVersion(),
            context.clock().instant());
    var objection = context.authenticationListener().admit(session, login);
    if (objection.isPresent()) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS,
          "gatehouse: " + objection.get().line());
    }
    session.setAttribute(Login.KEY, login);
    session.signalAuthenticationSuccess(loginAttempt.login(), CONNECTION, new ByteArrayBuffer());
  }

  private void refuse(LoginAttempt loginAttempt, boolean counts, long arrived) throws Exception {
    FailurePace.await(arrived);
    if (counts) {
      context.authenticationListener().failed(session);
      if (loginAttempt.failed()) {
        throw tooMany();
      }
    }
    replies.failure(loginAttempt.canContinue(), false);
  }

  /** Told to who has shown some key, or answered, whatever their name: so it tells of nobody. */
  private static FailureException unavailable() {
    return new FailureException(
        new Failure.Unavailable(
            "directory-unavailable",
            "the directory does not answer, so nobody can log in now; try again in a moment"));
  }

  private static SshException tooMany() {
    return new SshException(
        SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE,
        "Too many authentication failures");
  }

  private static SshException protocolError(String what) {
    return new SshException(SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, what);
  }
}
