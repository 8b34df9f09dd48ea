package dev.gatehouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullMarked;

/**
 * The arrows of the design: values move forward only, and nothing on the right knows anything on
 * its left. A rule about a package that does not exist fails.
 */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "dev.gatehouse";
  private static final String CLI = "dev.gatehouse.cli..";
  private static final String TRIAL = "dev.gatehouse.trial..";
  private static final String SERVER = "dev.gatehouse.server..";
  private static final String OPERATION = "dev.gatehouse.operation..";
  private static final String TRAINING = "dev.gatehouse.training..";
  private static final String FRONTDOOR = "dev.gatehouse.frontdoor..";
  private static final String DIRECTORY = "dev.gatehouse.directory..";
  private static final String MFA = "dev.gatehouse.mfa..";
  private static final String METRICS = "dev.gatehouse.metrics..";
  private static final String ADMISSION = "dev.gatehouse.admission..";
  private static final String CONSOLE = "dev.gatehouse.console..";
  private static final String APP = "dev.gatehouse.app..";
  private static final String WORKSPACE = "dev.gatehouse.workspace..";
  private static final String SERVICE = "dev.gatehouse.service..";
  private static final String NODES = "dev.gatehouse.nodes..";
  private static final String COST = "dev.gatehouse.cost..";
  private static final String LOCAL = "dev.gatehouse.workspace.local..";
  private static final String RELAY = "dev.gatehouse.relay..";
  private static final String TRANSPORT = "dev.gatehouse.transport..";
  private static final String AWS = "dev.gatehouse.aws..";
  private static final String PLATFORM_COMMANDS = "dev.gatehouse.platform.commands..";
  private static final String OPERATOR = "dev.gatehouse.platform.operator..";

  /** Values and small tools, which everybody may use and which use nothing else of ours. */
  private static final String[] VALUES = {
    "dev.gatehouse.name..",
    "dev.gatehouse.key..",
    "dev.gatehouse.failure..",
    "dev.gatehouse.file..",
    "dev.gatehouse.net..",
    "dev.gatehouse.text..",
    "dev.gatehouse.cluster.."
  };

  // --- The way of the data ---------------------------------------------------------------------

  @ArchTest
  static final ArchRule values_know_no_service =
      classesIn(VALUES).should().onlyDependOnClassesThat(outsideOr(VALUES));

  @ArchTest
  static final ArchRule the_definition_is_read_by_its_own_package_alone =
      noClasses()
          .that()
          .resideInAnyPackage("dev.gatehouse.name..", "dev.gatehouse.key..", "dev.gatehouse.file..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.gatehouse.cluster..");

  @ArchTest
  static final ArchRule second_factors_know_values_only =
      classesIn(MFA).should().onlyDependOnClassesThat(outsideOr(and(VALUES, MFA)));

  @ArchTest
  static final ArchRule only_the_way_in_and_the_console_know_second_factors =
      classesIn(MFA)
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(MFA, FRONTDOOR, CONSOLE, SERVER, TRIAL);

  /** Whoever counts knows it, and it knows nobody. */
  @ArchTest
  static final ArchRule metrics_know_values_only =
      classesIn(METRICS).should().onlyDependOnClassesThat(outsideOr(and(VALUES, METRICS)));

  /** The operator tells of nodes and the gateway shows them: neither knows the other. */
  @ArchTest
  static final ArchRule nodes_are_values =
      classesIn(NODES).should().onlyDependOnClassesThat(outsideOr(and(VALUES, NODES)));

  /** The operator counts, the gateway shows: what it costs is arithmetic that both may use. */
  @ArchTest
  static final ArchRule costs_are_values =
      classesIn(COST).should().onlyDependOnClassesThat(outsideOr(and(and(VALUES, COST), NODES)));

  @ArchTest
  static final ArchRule apps_know_values_only =
      classesIn(APP).should().onlyDependOnClassesThat(outsideOr(and(VALUES, APP)));

  @ArchTest
  static final ArchRule only_the_way_in_connects_to_apps =
      classesIn(APP)
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(APP, FRONTDOOR, SERVER);

  @ArchTest
  static final ArchRule only_the_wiring_knows_the_front_door =
      classesIn(FRONTDOOR)
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(FRONTDOOR, SERVER);

  @ArchTest
  static final ArchRule nobody_knows_main =
      classesIn(ROOT).should().onlyHaveDependentClassesThat().resideInAPackage(ROOT);

  @ArchTest
  static final ArchRule directory = isAheadOf(DIRECTORY, ADMISSION, CONSOLE, WORKSPACE, RELAY);

  @ArchTest static final ArchRule admission = isAheadOf(ADMISSION, CONSOLE, RELAY);

  @ArchTest static final ArchRule console = isAheadOf(CONSOLE, RELAY);

  @ArchTest static final ArchRule workspace = isAheadOf(WORKSPACE, ADMISSION, CONSOLE, RELAY);

  /** The relay connects it to workspaces, and the front door and the console ask it. */
  @ArchTest
  static final ArchRule service = isAheadOf(SERVICE, DIRECTORY, ADMISSION, CONSOLE, RELAY);

  @ArchTest
  static final ArchRule relay =
      isAheadOf(RELAY, DIRECTORY, ADMISSION, CONSOLE, "dev.gatehouse.workspace.(*)..");

  /** It stands in place of parts of MINA, and could be given to MINA. */
  @ArchTest
  static final ArchRule transport_knows_nothing_of_ours =
      classesIn(TRANSPORT).should().onlyDependOnClassesThat(outsideOr(TRANSPORT));

  /** Admission is a pure decision: it gets workspaces as values and starts none. */
  @ArchTest
  static final ArchRule admission_uses_values_of_workspace_only =
      noClasses()
          .that()
          .resideInAPackage(ADMISSION)
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are interfaces or services of workspace",
                  c -> c.getPackageName().startsWith("dev.gatehouse.workspace") && !isValue(c)));

  @ArchTest
  static final ArchRule people_are_all_that_others_know_of_the_directory =
      noClasses()
          .that()
          .resideOutsideOfPackages(DIRECTORY, FRONTDOOR, SERVER, TRIAL, TRAINING)
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are services of directory",
                  c ->
                      c.getPackageName().startsWith("dev.gatehouse.directory")
                          && !isValue(c)
                          && !isAdministration(c)));

  @ArchTest
  static final ArchRule only_trial_and_wiring_choose_the_kind_of_workspaces =
      classesIn(LOCAL)
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(LOCAL, TRIAL, SERVER);

  /** What a gateway loads has none of the rights that these are for. */
  @ArchTest
  static final ArchRule only_the_command_line_knows_the_operator_and_apply =
      classesIn(PLATFORM_COMMANDS, OPERATOR)
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(PLATFORM_COMMANDS, OPERATOR, CLI, TRAINING);

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("dev.gatehouse.(**)").should().beFreeOfCycles();

  // --- Who knows which library -----------------------------------------------------------------

  @ArchTest
  static final ArchRule mina =
      isKnownIn(
          "org.apache.sshd..",
          FRONTDOOR,
          RELAY,
          TRANSPORT,
          LOCAL,
          "dev.gatehouse.key..",
          "dev.gatehouse.training..");

  /** Nobody else can load Helm's library, so that a gateway that serves never does. */
  @ArchTest
  static final ArchRule helm = isKnownIn("com.marcnuri..", "dev.gatehouse.platform.helm..");

  /** Nobody else can load AWS' SDK: a start of {@code serve} has no time for it, and no use. */
  @ArchTest static final ArchRule aws_sdk = isKnownIn("software.amazon..", AWS);

  @ArchTest
  static final ArchRule only_the_operator_and_apply_know_aws =
      classesIn(AWS)
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage(AWS, PLATFORM_COMMANDS, OPERATOR, TRAINING);

  @ArchTest static final ArchRule micrometer = isKnownIn("io.micrometer..", METRICS);

  @ArchTest
  static final ArchRule unboundid =
      isKnownIn("com.unboundid..", DIRECTORY, "dev.gatehouse.platform.secrets..");

  @ArchTest static final ArchRule jline = isKnownIn("org.jline..", CONSOLE);

  /** It opens, writes and runs what it is asked to, on the gateway: nano, less and the like. */
  @ArchTest static final ArchRule jline_builtins = isKnownIn("org.jline.builtins..");

  @ArchTest static final ArchRule zxing = isKnownIn("com.google.zxing..", CONSOLE);

  @ArchTest
  static final ArchRule picocli =
      isKnownIn(
          "picocli..",
          CONSOLE,
          CLI,
          TRIAL,
          SERVER,
          PLATFORM_COMMANDS,
          OPERATOR,
          "dev.gatehouse.install..");

  @ArchTest
  static final ArchRule snakeyaml =
      isKnownIn(
          "org.yaml.snakeyaml..",
          "dev.gatehouse.cluster..",
          "dev.gatehouse.platform.objects..",
          "dev.gatehouse.platform.stacks..");

  /** A person types into it: nothing of the gateway may be within reach. */
  @ArchTest
  static final ArchRule the_editor_knows_no_file_and_no_process =
      noClasses()
          .that()
          .resideInAPackage("dev.gatehouse.console.editor..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "dev.gatehouse.file..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.io\\.(File.*|RandomAccessFile)|java\\.lang\\.Process.*|java\\.lang\\.Runtime");

  // --- Habits ----------------------------------------------------------------------------------

  @ArchTest
  static final ArchRule logs_go_to_slf4j =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule only_the_command_line_speaks_to_the_terminal =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, CLI, TRIAL, SERVER, OPERATION, TRAINING, PLATFORM_COMMANDS)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static void every_package_is_null_marked(JavaClasses classes) {
    Assertions.assertThat(classes.getPackage(ROOT).getSubpackagesInTree())
        .filteredOn(p -> !p.getClasses().isEmpty())
        .allSatisfy(
            p ->
                Assertions.assertThat(p.isAnnotatedWith(NullMarked.class))
                    .as("%s is @NullMarked in its package-info", p.getName())
                    .isTrue());
    Assertions.assertThat(classes.getPackage(ROOT))
        .matches(p -> p.isAnnotatedWith(NullMarked.class));
  }

  private static GivenClassesConjunction classesIn(String... packages) {
    return classes().that().resideInAnyPackage(packages);
  }

  /** Depends on none of those, which come later or stand on another branch. */
  private static ArchRule isAheadOf(String one, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(one)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  private static ArchRule isKnownIn(String library, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private static String[] and(String[] packages, String another) {
    return Stream.concat(Stream.of(packages), Stream.of(another)).toArray(String[]::new);
  }

  /** Anything that is not ours, or is in these packages. */
  private static DescribedPredicate<JavaClass> outsideOr(String... packages) {
    return JavaClass.Predicates.resideOutsideOfPackage("dev.gatehouse..")
        .or(JavaClass.Predicates.resideInAnyPackage(packages))
        .as("are not ours, or are values");
  }

  /** The console's commands change people; nobody else does. */
  private static boolean isAdministration(JavaClass type) {
    return type.getName().startsWith("dev.gatehouse.directory.PeopleAdministration")
        || type.getName().startsWith("dev.gatehouse.directory.ldif.LdifPeople");
  }

  private static boolean isValue(JavaClass type) {
    return type.isRecord()
        || type.isEnum()
        || type.getName().equals("dev.gatehouse.directory.PersonLookup");
  }
}
