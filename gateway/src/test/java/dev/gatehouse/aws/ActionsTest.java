package dev.gatehouse.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.gatehouse.testkit.Folders;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever writes the operator's policy goes by docs/aws.md: it has each action that is called. */
final class ActionsTest {
  private static final Pattern CLIENT =
      Pattern.compile("software\\.amazon\\.awssdk\\.services\\.(\\w+)\\.\\w+Client");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z0-9]+:\\w+)` \\| Gatehouse \\|");

  /** What a client has beside its operations. */
  private static final Set<String> NO_OPERATIONS = Set.of("builder", "close", "waiter", "create");

  @Test
  void docs_table_hasEachActionThatIsCalledAndNoOther() {
    assertThat(documented()).isEqualTo(called());
  }

  private static Set<String> called() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.gatehouse.aws")
            .stream()
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(access -> CLIENT.matcher(access.getTargetOwner().getName()).matches())
            .filter(access -> !NO_OPERATIONS.contains(access.getName()))
            .map(ActionsTest::action)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String action(JavaAccess<?> access) {
    var service = CLIENT.matcher(access.getTargetOwner().getName()).replaceFirst("$1");
    var operation = access.getName().replaceFirst("Paginator$", "");
    return service
        + ':'
        + operation.substring(0, 1).toUpperCase(Locale.ROOT)
        + operation.substring(1);
  }

  private static Set<String> documented() {
    return ROW.matcher(Folders.read(Path.of("../docs/aws.md")))
        .results()
        .map(row -> row.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
