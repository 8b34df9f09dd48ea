package dev.gatehouse.transport;

import dev.gatehouse.testkit.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;

/** An I/O service that listens at a free port. */
final class IoFixture implements AutoCloseable {
  final SshServer properties = SshServer.setUpDefaultServer();
  final IoServiceFactory factory;
  final IoAcceptor acceptor;

  IoFixture(IoServiceFactoryFactory factories, IoHandler handler) throws IOException {
    CoreModuleProperties.SOCKET_BACKLOG.set(properties, 1024); // Java's 50 make a flood wait
    factory = factories.create(properties);
    acceptor = factory.createAcceptor(handler);
    acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) acceptor.getBoundAddresses().iterator().next();
  }

  /** A plain client, whose reads fail instead of waiting for ever. */
  Socket connect() throws IOException {
    return connect(address());
  }

  static Socket connect(InetSocketAddress address) throws IOException {
    var socket = new Socket();
    socket.setSoTimeout((int) Poll.PATIENCE.toMillis());
    socket.connect(address, (int) Poll.PATIENCE.toMillis());
    return socket;
  }

  IoConnector connector(IoHandler handler) {
    return factory.createConnector(handler);
  }

  @Override
  public void close() throws IOException {
    acceptor.close(true).await(Poll.PATIENCE);
    factory.close(true).await(Poll.PATIENCE);
  }
}
