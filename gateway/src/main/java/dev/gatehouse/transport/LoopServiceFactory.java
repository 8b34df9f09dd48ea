package dev.gatehouse.transport;

import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/** Makes acceptors and connectors, and owns the loops that they run on. */
final class LoopServiceFactory extends AbstractCloseable implements IoServiceFactory {
  private final FactoryManager manager;
  private final EventLoops.Group loops;
  private volatile @Nullable IoServiceEventListener listener;

  LoopServiceFactory(FactoryManager manager, EventLoops.Group loops) {
    this.manager = manager;
    this.loops = loops;
    this.listener = manager.getIoServiceEventListener();
  }

  @Override
  public IoConnector createConnector(IoHandler handler) {
    var connector = new LoopConnector(manager, handler, loops);
    connector.setIoServiceEventListener(listener);
    return connector;
  }

  @Override
  public IoAcceptor createAcceptor(IoHandler handler) {
    var acceptor = new LoopAcceptor(manager, handler, loops);
    acceptor.setIoServiceEventListener(listener);
    return acceptor;
  }

  @Override
  protected void doCloseImmediately() {
    loops.close();
    super.doCloseImmediately();
  }

  @Override
  public @Nullable IoServiceEventListener getIoServiceEventListener() {
    return listener;
  }

  @Override
  public void setIoServiceEventListener(@Nullable IoServiceEventListener listener) {
    this.listener = listener;
  }
}
