package dev.gatehouse.aws.prices;

import static java.util.stream.Collectors.toSet;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.cost.CloudPrices;
import dev.gatehouse.cost.ToldPrice;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.SpotPrice;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.FilterType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The prices of Linux instances in the account's region, in USD: on demand as the Price List Query
 * API lists them, without the account's own discounts, and of spot instances as they are now in the
 * zone where they cost most.
 */
public final class AwsPrices implements CloudPrices {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String LINUX = "Linux/UNIX";

  private final Aws aws;
  private final InstantSource clock;

  /**
   * @param aws stays the caller's
   */
  public AwsPrices(Aws aws, InstantSource clock) {
    this.aws = aws;
    this.clock = clock;
  }

  @Override
  public Map<String, ToldPrice> of(Set<String> instanceTypes) {
    // A node of another maker has a word of its own there, such as k3s.
    var known = instanceTypes.stream().filter(t -> t.contains(".")).collect(toSet());
    if (known.isEmpty()) {
      return Map.of();
    }
    var spot = spot(known);
    var prices = new HashMap<String, ToldPrice>();
    for (var type : known) {
      var price = new ToldPrice(onDemand(type), Optional.ofNullable(spot.get(type)));
      if (price.onDemand().isPresent() || price.spot().isPresent()) {
        prices.put(type, price);
      }
    }
    return Map.copyOf(prices);
  }

  private Optional<BigDecimal> onDemand(String type) {
    var products =
        AwsFailures.told(
            "ask for the price of " + type,
            () ->
                aws
                    .pricing()
                    .getProductsPaginator(
                        request ->
                            request
                                .serviceCode("AmazonEC2")
                                .formatVersion("aws_v1")
                                .filters(filters(type)))
                    .stream()
                    .flatMap(page -> page.priceList().stream())
                    .toList());
    return products.stream().flatMap(AwsPrices::hourly).max(BigDecimal::compareTo);
  }

  /** Without these there are thousands: of Windows, of dedicated hosts, of reservations unused. */
  private List<Filter> filters(String type) {
    return Map.of(
            "instanceType", type,
            "regionCode", aws.region(),
            "operatingSystem", "Linux",
            "tenancy", "Shared",
            "preInstalledSw", "NA",
            "capacitystatus", "Used")
        .entrySet()
        .stream()
        .map(
            f ->
                Filter.builder()
                    .type(FilterType.TERM_MATCH)
                    .field(f.getKey())
                    .value(f.getValue())
                    .build())
        .toList();
  }

  /** A product's price for an hour on demand, from AWS' own JSON. */
  private static Stream<BigDecimal> hourly(String product) {
    try {
      return JSON.readTree(product)
          .at("/terms/OnDemand")
          .valueStream()
          .flatMap(term -> term.path("priceDimensions").valueStream())
          .filter(dimension -> dimension.path("unit").asString("").equals("Hrs"))
          .map(dimension -> dimension.at("/pricePerUnit/USD"))
          .filter(JsonNode::isString)
          .flatMap(price -> money(price.asString()))
          .filter(price -> price.signum() > 0);
    } catch (JacksonException e) {
      return Stream.of();
    }
  }

  private Map<String, BigDecimal> spot(Set<String> types) {
    // From now on: the price that is in force, one for each zone.
    var now = clock.instant();
    var history =
        AwsFailures.told(
            "ask for the prices of spot instances",
            () ->
                aws
                    .ec2()
                    .describeSpotPriceHistoryPaginator(
                        request ->
                            request
                                .instanceTypesWithStrings(types)
                                .productDescriptions(LINUX)
                                .startTime(now))
                    .stream()
                    .flatMap(page -> page.spotPriceHistory().stream())
                    .toList());
    var prices = new HashMap<String, BigDecimal>();
    for (SpotPrice price : history) {
      money(price.spotPrice())
          .forEach(p -> prices.merge(price.instanceTypeAsString(), p, BigDecimal::max));
    }
    return prices;
  }

  private static Stream<BigDecimal> money(String text) {
    try {
      return Stream.of(new BigDecimal(text).stripTrailingZeros());
    } catch (NumberFormatException e) {
      return Stream.of();
    }
  }
}
