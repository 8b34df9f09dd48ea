package dev.gatehouse.platform.operator;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.storage.EbsCopies;
import dev.gatehouse.cluster.AwsSettings;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.platform.snapshots.SnapshotCopier.Settings;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the definition says of copies of snapshots, now. Blocks.
 *
 * @param workspaces the namespace that a person has applied
 * @param aws asks nobody before its first call
 */
record CopySettings(
    DefinitionStore store, Supplier<String> workspaces, Function<AwsSettings, Aws> aws, Waits waits)
    implements Supplier<Optional<Settings>> {

  /** Empty where nothing is to be copied, or while the definition has mistakes. */
  @Override
  public Optional<Settings> get() {
    try {
      return of(ClusterDefinitionFile.parse("the definition", store.current().text()));
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  private Optional<Settings> of(ClusterDefinition definition) {
    var account = definition.cloud().aws();
    return definition
        .kubernetes()
        .homes()
        .snapshots()
        .filter(_ -> account.isPresent())
        .flatMap(
            snapshots ->
                snapshots
                    .copyTo()
                    .map(
                        region ->
                            new Settings(
                                workspaces.get(),
                                region,
                                snapshots.keep(),
                                new EbsCopies(
                                    aws.apply(account.orElseThrow()),
                                    account.orElseThrow().cluster(),
                                    waits::pause))));
  }
}
