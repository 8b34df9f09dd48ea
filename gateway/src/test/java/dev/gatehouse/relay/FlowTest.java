package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.Test;

class FlowTest {
  private static final long MEGABYTE = 1 << 20;
  private static final long DROPBEAR_WINDOW = 24 << 10;

  @Test
  void grantAll_afterOpen_isTheReceiversWindow() throws Exception {
    assertThat(opened(MEGABYTE).grantAll()).isEqualTo(MEGABYTE);
  }

  @Test
  void grantAll_hugeWindow_isNoMoreThanMayWait() throws Exception {
    assertThat(opened(0xffffffffL).grantAll()).isEqualTo(Flow.AHEAD);
  }

  @Test
  void open_maximumPacketIsZero_isProtocolError() {
    assertThatThrownBy(() -> new Flow(0).open(MEGABYTE, 0)).isInstanceOf(SshException.class);
  }

  @Test
  void maxPacket_receiverAllowsMore_isClamped() throws Exception {
    var flow = new Flow(0);
    flow.open(MEGABYTE, 0xffffffffL);
    assertThat(flow.maxPacket()).isEqualTo(Wire.MAX_PACKET);
  }

  @Test
  void allow_windowPasses32Bits_isProtocolError() throws Exception {
    var flow = opened(0xffffffffL);
    assertThatThrownBy(() -> flow.allow(1)).isInstanceOf(SshException.class);
  }

  @Test
  void allow_asMuchAsWasSent_isFineForEver() throws Exception {
    var flow = opened(0xffffffffL);
    for (var i = 0; i < 10; i++) {
      flow.send(0xffffffffL);
      flow.allow(0xffffffffL);
    }
    assertThat(flow.fits(1)).isTrue();
  }

  @Test
  void receive_moreThanGranted_isProtocolError() throws Exception {
    var flow = opened(MEGABYTE);
    flow.grantAll();
    flow.receive(MEGABYTE);
    assertThatThrownBy(() -> flow.receive(1)).isInstanceOf(SshException.class);
  }

  @Test
  void receive_withinTheWindowButNotYetGranted_isProtocolError() throws Exception {
    var flow = opened(4 * MEGABYTE);
    flow.grantAll();
    assertThatThrownBy(() -> flow.receive(Flow.AHEAD + 1)).isInstanceOf(SshException.class);
  }

  @Test
  void grant_littleIsFree_waitsUntilItIsWorthAMessage() throws Exception {
    var flow = opened(MEGABYTE);
    flow.grantAll();
    flow.receive(1000);
    flow.send(1000);
    flow.written(1000);
    flow.allow(1000);
    assertThat(flow.grant()).isZero();
    flow.allow(Flow.WORTHWHILE);
    assertThat(flow.grant()).isEqualTo(1000 + Flow.WORTHWHILE);
  }

  /** dropbear gives 24 KiB: to wait for so much to come free would stop it for ever. */
  @Test
  void grant_windowOfDropbear_comesBeforeTheSenderStops() throws Exception {
    var flow = opened(DROPBEAR_WINDOW);
    flow.grantAll();
    var total = 0L;
    for (var i = 0; i < 100; i++) {
      var packet = DROPBEAR_WINDOW / 2;
      flow.receive(packet);
      flow.send(packet);
      flow.written(packet);
      flow.allow(packet);
      total += flow.grant();
    }
    assertThat(total).isEqualTo(100 * DROPBEAR_WINDOW / 2);
  }

  @Test
  void grant_receiverAllowsButItsSocketTakesNothing_stopsAhead() throws Exception {
    var flow = opened(64 * MEGABYTE);
    var granted = flow.grantAll();
    flow.receive(granted);
    flow.send(granted);
    flow.allow(64 * MEGABYTE);
    assertThat(flow.grant()).isZero();
    flow.written(MEGABYTE);
    assertThat(flow.grant()).isEqualTo(MEGABYTE);
  }

  @Test
  void fits_moreThanTheReceiversPacketOrWindow_doesNot() throws Exception {
    var flow = new Flow(0);
    flow.open(100, 60);
    assertThat(flow.fits(60)).isTrue();
    assertThat(flow.fits(61)).isFalse();
    flow.send(60);
    assertThat(flow.fits(41)).isFalse();
    assertThat(flow.nextPacket()).isEqualTo(40);
  }

  /** The person is told something on a channel whose sender may use the whole window. */
  @Test
  void ownRoom_allIsGrantedToTheSender_isNone() throws Exception {
    var flow = opened(MEGABYTE);
    flow.grantAll();
    assertThat(flow.ownRoom()).isZero();
  }

  @Test
  void sendOwn_beforeTheSenderIsGranted_leavesItTheRest() throws Exception {
    var flow = opened(MEGABYTE);
    flow.sendOwn(1000);
    flow.written(1000);
    assertThat(flow.grantAll()).isEqualTo(MEGABYTE - 1000);
    flow.receive(MEGABYTE - 1000);
    assertThat(flow.fits(MEGABYTE - 1000)).isFalse();
    assertThat(flow.nextPacket()).isEqualTo(Wire.MAX_PACKET);
  }

  private static Flow opened(long window) throws SshException {
    var flow = new Flow(0);
    flow.open(window, Wire.MAX_PACKET);
    return flow;
  }
}
