package dev.gatehouse.frontdoor;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.admission.AppDecision;
import dev.gatehouse.app.AppDialer;
import dev.gatehouse.cluster.App;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.relay.AppDial;
import dev.gatehouse.relay.AppTarget;
import dev.gatehouse.relay.Destination.AppRoute;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tunnels of one connection to apps, and what the log says of them.
 *
 * @param who for the log: login name and address
 * @param person as the directory knows them now, since rights to an app end while one is connected
 */
record AppTunnels(String who, Supplier<Person> person, Admission admission, AppDialer dialer) {
  private static final Logger LOG = LoggerFactory.getLogger(AppTunnels.class);

  Optional<AppRoute> route(AppTarget target) {
    return switch (decide(target)) {
      case AppDecision.NoApp() -> Optional.empty();
      case AppDecision.Granted(var app, var port) ->
          Optional.of(new AppRoute.Granted(dial(app, port)));
      case AppDecision.Denied(var why) -> Optional.of(denied(why));
    };
  }

  boolean keeps(AppTarget target) {
    return switch (decide(target)) {
      case AppDecision.Granted _ -> true;
      case AppDecision.Denied(var why) -> withdrawn(why.line());
      case AppDecision.NoApp() -> withdrawn("it is no longer an app");
    };
  }

  private AppDecision decide(AppTarget target) {
    return admission.app(person.get(), target.host(), target.port());
  }

  private AppDial dial(App app, int port) {
    return () -> {
      var socket = dialer.dial(app, port);
      LOG.info("[app-opened] {}: {}:{}", who, app.name(), port);
      return socket;
    };
  }

  private AppRoute denied(Failure.Denied why) {
    LOG.info("[{}] {}: {}", why.code(), who, why.message());
    return new AppRoute.Denied(why);
  }

  private boolean withdrawn(String why) {
    LOG.info("[app-withdrawn] {}: {}", who, why);
    return false;
  }
}
