package dev.gatehouse.transport;

import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;

/** MINA's own, so that the contract asks for nothing that MINA does not rely on. */
final class StockIoServiceTest extends IoServiceContract {
  @Override
  IoServiceFactoryFactory factories() {
    return new Nio2ServiceFactoryFactory();
  }
}
