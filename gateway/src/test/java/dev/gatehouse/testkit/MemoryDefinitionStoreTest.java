package dev.gatehouse.testkit;

import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cluster.revisions.DefinitionStoreContract;
import org.junit.jupiter.api.AfterEach;

class MemoryDefinitionStoreTest extends DefinitionStoreContract {
  private final DefinitionStore store = new MemoryDefinitionStore(FIRST, CLOCK);

  @Override
  protected DefinitionStore store() {
    return store;
  }

  @AfterEach
  void close() {
    store.close();
  }
}
