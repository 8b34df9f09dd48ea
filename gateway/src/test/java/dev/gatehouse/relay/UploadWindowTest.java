package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UploadWindowTest {
  private static final long PLENTY = 64 << 20;

  @Test
  void taken_halfOfIt_isGrantedAgainAndAsMuchMore() {
    var window = opened(new Holdings(PLENTY));
    assertThat(window.taken(UploadWindow.FIRST / 2 - 1)).isZero();
    assertThat(window.taken(1)).isEqualTo(UploadWindow.FIRST / 2 + UploadWindow.FIRST);
    assertThat(window.size()).isEqualTo(2 * UploadWindow.FIRST);
  }

  @Test
  void taken_againAndAgain_growsNoFurtherThanTheMost() {
    var window = opened(new Holdings(PLENTY));
    var granted = window.size();
    var taken = 0L;
    for (var i = 0; i < 10_000; i++) {
      taken += 1000;
      granted += window.taken(1000);
      assertThat(granted - taken).isBetween(1L, UploadWindow.MOST);
    }
    assertThat(window.size()).isEqualTo(UploadWindow.MOST);
  }

  @Test
  void open_whenAllIsHeld_isRefusedUntilOneCloses() {
    var holdings = new Holdings(3 * UploadWindow.FIRST);
    var first = opened(holdings);
    opened(holdings);
    opened(holdings);
    assertThat(new UploadWindow(holdings).open()).isFalse();
    first.close();
    assertThat(new UploadWindow(holdings).open()).isTrue();
  }

  /** Who sends much must not keep others from beginning. */
  @Test
  void taken_byMany_leavesRoomForAnother() {
    var holdings = new Holdings(8 << 20);
    for (var i = 0; i < 100; i++) {
      var window = opened(holdings);
      for (var j = 0; j < 1000; j++) {
        window.taken(10_000);
      }
    }
    assertThat(new UploadWindow(holdings).open()).isTrue();
  }

  @Test
  void close_twice_givesBackOnce() {
    var holdings = new Holdings(PLENTY);
    var window = opened(holdings);
    window.close();
    window.close();
    assertThat(holdings.left()).isEqualTo(PLENTY);
  }

  private static UploadWindow opened(Holdings holdings) {
    var window = new UploadWindow(holdings);
    assertThat(window.open()).isTrue();
    return window;
  }
}
