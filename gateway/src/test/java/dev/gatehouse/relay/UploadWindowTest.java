package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UploadWindowTest {
  private static final long PLENTY = 64 << 20;

  @Test
  void taken_halfOfIt_isGrantedAgainAndAsMuchMore() {
    var window = opened(new ByteBudget(PLENTY));
    assertThat(window.taken(UploadWindow.FIRST / 2 - 1)).isZero();
    assertThat(window.taken(1)).isEqualTo(UploadWindow.FIRST / 2 + UploadWindow.FIRST);
    assertThat(window.size()).isEqualTo(2 * UploadWindow.FIRST);
  }

  @Test
  void taken_againAndAgain_growsNoFurtherThanTheMost() {
    var window = opened(new ByteBudget(PLENTY));
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
    var byteBudget = new ByteBudget(3 * UploadWindow.FIRST);
    var first = opened(byteBudget);
    opened(byteBudget);
    opened(byteBudget);
    assertThat(new UploadWindow(byteBudget).open()).isFalse();
    first.close();
    assertThat(new UploadWindow(byteBudget).open()).isTrue();
  }

  /** Who sends much must not keep others from beginning. */
  @Test
  void taken_byMany_leavesRoomForAnother() {
    var byteBudget = new ByteBudget(8 << 20);
    for (var i = 0; i < 100; i++) {
      var window = opened(byteBudget);
      for (var j = 0; j < 1000; j++) {
        window.taken(10_000);
      }
    }
    assertThat(new UploadWindow(byteBudget).open()).isTrue();
  }

  @Test
  void close_twice_givesBackOnce() {
    var byteBudget = new ByteBudget(PLENTY);
    var window = opened(byteBudget);
    window.close();
    window.close();
    assertThat(byteBudget.left()).isEqualTo(PLENTY);
  }

  private static UploadWindow opened(ByteBudget byteBudget) {
    var window = new UploadWindow(byteBudget);
    assertThat(window.open()).isTrue();
    return window;
  }
}
