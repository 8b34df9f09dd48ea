package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.Test;

class WindowAccountingTest {
  private static final long MEGABYTE = 1 << 20;
  private static final long DROPBEAR_WINDOW = 24 << 10;

  @Test
  void grantAll_afterOpen_isTheReceiversWindow() throws Exception {
    assertThat(opened(MEGABYTE).grantAll()).isEqualTo(MEGABYTE);
  }

  @Test
  void grantAll_hugeWindow_isNoMoreThanMayWait() throws Exception {
    assertThat(opened(0xffffffffL).grantAll()).isEqualTo(WindowAccounting.AHEAD);
  }

  @Test
  void open_maximumPacketIsZero_isProtocolError() {
    assertThatThrownBy(() -> new WindowAccounting(0).open(MEGABYTE, 0))
        .isInstanceOf(SshException.class);
  }

  @Test
  void maxPacket_receiverAllowsMore_isClamped() throws Exception {
    var windowAccounting = new WindowAccounting(0);
    windowAccounting.open(MEGABYTE, 0xffffffffL);
    assertThat(windowAccounting.maxPacket()).isEqualTo(Wire.MAX_PACKET);
  }

  @Test
  void allow_windowPasses32Bits_isProtocolError() throws Exception {
    var windowAccounting = opened(0xffffffffL);
    assertThatThrownBy(() -> windowAccounting.allow(1)).isInstanceOf(SshException.class);
  }

  @Test
  void allow_asMuchAsWasSent_isFineForEver() throws Exception {
    var windowAccounting = opened(0xffffffffL);
    for (var i = 0; i < 10; i++) {
      windowAccounting.send(0xffffffffL);
      windowAccounting.allow(0xffffffffL);
    }
    assertThat(windowAccounting.fits(1)).isTrue();
  }

  @Test
  void receive_moreThanGranted_isProtocolError() throws Exception {
    var windowAccounting = opened(MEGABYTE);
    windowAccounting.grantAll();
    windowAccounting.receive(MEGABYTE);
    assertThatThrownBy(() -> windowAccounting.receive(1)).isInstanceOf(SshException.class);
  }

  @Test
  void receive_withinTheWindowButNotYetGranted_isProtocolError() throws Exception {
    var windowAccounting = opened(4 * MEGABYTE);
    windowAccounting.grantAll();
    assertThatThrownBy(() -> windowAccounting.receive(WindowAccounting.AHEAD + 1))
        .isInstanceOf(SshException.class);
  }

  @Test
  void grant_littleIsFree_waitsUntilItIsWorthAMessage() throws Exception {
    var windowAccounting = opened(MEGABYTE);
    windowAccounting.grantAll();
    windowAccounting.receive(1000);
    windowAccounting.send(1000);
    windowAccounting.written(1000);
    windowAccounting.allow(1000);
    assertThat(windowAccounting.grant()).isZero();
    windowAccounting.allow(WindowAccounting.WORTHWHILE);
    assertThat(windowAccounting.grant()).isEqualTo(1000 + WindowAccounting.WORTHWHILE);
  }

  /** dropbear gives 24 KiB: to wait for so much to come free would stop it for ever. */
  @Test
  void grant_windowOfDropbear_comesBeforeTheSenderStops() throws Exception {
    var windowAccounting = opened(DROPBEAR_WINDOW);
    windowAccounting.grantAll();
    var total = 0L;
    for (var i = 0; i < 100; i++) {
      var packet = DROPBEAR_WINDOW / 2;
      windowAccounting.receive(packet);
      windowAccounting.send(packet);
      windowAccounting.written(packet);
      windowAccounting.allow(packet);
      total += windowAccounting.grant();
    }
    assertThat(total).isEqualTo(100 * DROPBEAR_WINDOW / 2);
  }

  @Test
  void grant_receiverAllowsButItsSocketTakesNothing_stopsAhead() throws Exception {
    var windowAccounting = opened(64 * MEGABYTE);
    var granted = windowAccounting.grantAll();
    windowAccounting.receive(granted);
    windowAccounting.send(granted);
    windowAccounting.allow(64 * MEGABYTE);
    assertThat(windowAccounting.grant()).isZero();
    windowAccounting.written(MEGABYTE);
    assertThat(windowAccounting.grant()).isEqualTo(MEGABYTE);
  }

  @Test
  void fits_moreThanTheReceiversPacketOrWindow_doesNot() throws Exception {
    var windowAccounting = new WindowAccounting(0);
    windowAccounting.open(100, 60);
    assertThat(windowAccounting.fits(60)).isTrue();
    assertThat(windowAccounting.fits(61)).isFalse();
    windowAccounting.send(60);
    assertThat(windowAccounting.fits(41)).isFalse();
    assertThat(windowAccounting.nextPacket()).isEqualTo(40);
  }

  /** The person is told something on a channel whose sender may use the whole window. */
  @Test
  void ownRoom_allIsGrantedToTheSender_isNone() throws Exception {
    var windowAccounting = opened(MEGABYTE);
    windowAccounting.grantAll();
    assertThat(windowAccounting.ownRoom()).isZero();
  }

  @Test
  void sendOwn_beforeTheSenderIsGranted_leavesItTheRest() throws Exception {
    var windowAccounting = opened(MEGABYTE);
    windowAccounting.sendOwn(1000);
    windowAccounting.written(1000);
    assertThat(windowAccounting.grantAll()).isEqualTo(MEGABYTE - 1000);
    windowAccounting.receive(MEGABYTE - 1000);
    assertThat(windowAccounting.fits(MEGABYTE - 1000)).isFalse();
    assertThat(windowAccounting.nextPacket()).isEqualTo(Wire.MAX_PACKET);
  }

  private static WindowAccounting opened(long window) throws SshException {
    var windowAccounting = new WindowAccounting(0);
    windowAccounting.open(window, Wire.MAX_PACKET);
    return windowAccounting;
  }
}
