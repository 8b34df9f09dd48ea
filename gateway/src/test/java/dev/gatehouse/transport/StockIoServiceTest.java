package dev.gatehouse.transport;

import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.junit.jupiter.api.parallel.Isolated;

/** MINA's own, so that the contract asks for nothing that MINA does not rely on. */
@Isolated(
    "a process that another test starts holds a listening socket until it executes its program")
final class StockIoServiceTest extends IoServiceContract {
  @Override
  IoServiceFactoryFactory factories() {
    return new Nio2ServiceFactoryFactory();
  }
}
