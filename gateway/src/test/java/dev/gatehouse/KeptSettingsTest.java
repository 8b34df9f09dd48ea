package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import dev.gatehouse.cluster.InForceAfter;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A setting that is not marked with {@link InForceAfter} is in force at once, so nobody may keep
 * its value for longer than a decision, a start or a connection. A class that must is named here,
 * with how long it lives.
 */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = ImportOption.DoNotIncludeTests.class)
final class KeptSettingsTest {
  private static final String CLUSTER = "dev.gatehouse.cluster";

  private static final Set<String> SHORT_LIVED =
      Set.of(
          // One decision.
          "dev.gatehouse.admission.Rules",
          "dev.gatehouse.console.commands.group.GroupReferences",
          "dev.gatehouse.admission.AppDecision$Granted",
          "dev.gatehouse.console.commands.app.AppList$Reach",
          "dev.gatehouse.console.commands.pool.PoolView",
          "dev.gatehouse.cost.PriceList",
          "dev.gatehouse.cost.Standing",
          "dev.gatehouse.frontdoor.RevalidationRule",
          "dev.gatehouse.frontdoor.login.OfferedKeys",
          "dev.gatehouse.frontdoor.login.OpenChains",
          "dev.gatehouse.workspace.StopRule",
          // One examination.
          "dev.gatehouse.directory.LdapCheck",
          // One plan of the platform, and one run of a command that makes it.
          "dev.gatehouse.platform.Desired",
          "dev.gatehouse.platform.stacks.DesiredStacks",
          "dev.gatehouse.platform.commands.Cloud",
          "dev.gatehouse.platform.Effects$Change",
          "dev.gatehouse.platform.Part$GonePool",
          "dev.gatehouse.platform.Part$PoolPart",
          "dev.gatehouse.platform.pools.NodePools",
          "dev.gatehouse.platform.commands.PlatformOptions$Written",
          // One start of a workspace.
          "dev.gatehouse.workspace.WorkspaceSpec",
          "dev.gatehouse.workspace.kubernetes.Manifests",
          "dev.gatehouse.workspace.kubernetes.PodTemplate",
          // One start of a service, and one look at what was said of it.
          "dev.gatehouse.service.ServiceStart",
          "dev.gatehouse.service.Readiness",
          "dev.gatehouse.service.WorkspaceServices$Key",
          "dev.gatehouse.console.commands.service.ServiceList$Row",
          "dev.gatehouse.console.commands.service.ServiceTunnel",
          // One round over homes and their snapshots, and what it was for.
          "dev.gatehouse.workspace.kubernetes.CopyJob",
          "dev.gatehouse.workspace.kubernetes.HomeGrowth",
          "dev.gatehouse.workspace.kubernetes.SnapshotSchedule$Task",
          // A size of the program's own, where the definition says none.
          "dev.gatehouse.aws.nodes.LaunchTemplates",
          // One connection: limits hold for new ones.
          "dev.gatehouse.frontdoor.PersonDestination",
          "dev.gatehouse.relay.Channels",
          "dev.gatehouse.relay.KeepAlive",
          "dev.gatehouse.relay.Liveness",
          "dev.gatehouse.relay.Peer",
          "dev.gatehouse.relay.PendingSession",
          "dev.gatehouse.relay.Relay",
          // One set of LDAP servers, which LiveDirectory exchanges for another.
          "dev.gatehouse.directory.LdapTls",
          "dev.gatehouse.directory.Servers",
          "dev.gatehouse.directory.editing.CountedNumbers",
          "dev.gatehouse.directory.following.CopiedDirectory",
          "dev.gatehouse.directory.following.RemoteDirectory",
          "dev.gatehouse.directory.following.ReplicaUpdater",
          "dev.gatehouse.server.LiveDirectory$Candidate",
          // The directory inside the process, which has no settings: these are the program's own.
          "dev.gatehouse.directory.editing.LowestNumbers");

  @ArchTest
  static void noField_ofWhatLivesLong_holdsSettings(JavaClasses classes) {
    assertThat(outside(classes).flatMap(c -> c.getFields().stream()))
        .filteredOn(field -> !field.getRawType().isAssignableTo(Supplier.class))
        // What takes settings is given them anew each time.
        .filteredOn(field -> !field.getRawType().isAssignableTo(Function.class))
        .filteredOn(
            field -> field.getAllInvolvedRawTypes().stream().anyMatch(KeptSettingsTest::isSettings))
        .extracting(JavaField::getFullName)
        .isEmpty();
  }

  @ArchTest
  static void noConstructor_ofWhatLivesLong_readsASettingThatMayChange(JavaClasses classes) {
    assertThat(outside(classes).flatMap(c -> c.getMethodCallsFromSelf().stream()))
        .filteredOn(call -> isBeginning(call.getOrigin()) && !call.isDeclaredInLambda())
        .filteredOn(KeptSettingsTest::readsWhatMayChange)
        .extracting(JavaAccess::getDescription)
        .isEmpty();
  }

  /** A name that is here no more must not cover another class one day. */
  @ArchTest
  static void shortLived_areThere(JavaClasses classes) {
    assertThat(SHORT_LIVED).allMatch(classes::contain);
  }

  private static Stream<JavaClass> outside(JavaClasses classes) {
    return classes.stream()
        .filter(c -> !c.getPackageName().startsWith(CLUSTER))
        .filter(c -> !SHORT_LIVED.contains(c.getName()));
  }

  /** A section of the definition, or something in it that is made of several keys. */
  private static boolean isSettings(JavaClass type) {
    return type.getPackageName().equals(CLUSTER) && type.isRecord();
  }

  private static boolean isBeginning(JavaCodeUnit code) {
    return code instanceof JavaConstructor || code instanceof JavaStaticInitializer;
  }

  private static boolean readsWhatMayChange(JavaMethodCall call) {
    return isSettings(call.getTargetOwner())
        && !isSettings(call.getTarget().getRawReturnType())
        && Arrays.stream(call.getTargetOwner().reflect().getRecordComponents())
            .filter(component -> component.getName().equals(call.getName()))
            .anyMatch(component -> !component.isAnnotationPresent(InForceAfter.class));
  }
}
