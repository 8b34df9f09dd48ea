package dev.gatehouse.testkit.aws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryResponse;
import software.amazon.awssdk.services.ec2.model.SpotPrice;

/** EC2 as far as it tells of spot prices: one price to a page, as the real one may. */
public final class FakeSpotPrices extends AwsService {
  private final List<SpotPrice> prices = new ArrayList<>();

  public FakeSpotPrices() {
    super("ec2", Protocol.EC2);
    on(DescribeSpotPriceHistoryRequest.class, this::history);
  }

  public void price(String type, String zone, String price) {
    prices.add(
        SpotPrice.builder()
            .instanceType(type)
            .availabilityZone(AwsServer.REGION + zone)
            .productDescription("Linux/UNIX")
            .spotPrice(price)
            .build());
  }

  private DescribeSpotPriceHistoryResponse history(DescribeSpotPriceHistoryRequest request) {
    var found =
        prices.stream()
            .filter(p -> request.instanceTypesAsStrings().contains(p.instanceTypeAsString()))
            .filter(p -> request.productDescriptions().contains(p.productDescriptionAsString()))
            .toList();
    var token = request.nextToken();
    var page = token == null || token.isEmpty() ? 0 : Integer.parseInt(token);
    var answer = DescribeSpotPriceHistoryResponse.builder();
    if (page < found.size()) {
      answer.spotPriceHistory(found.get(page));
    }
    return (page + 1 < found.size()
            ? answer.nextToken(String.valueOf(page + 1))
            : answer.nextToken(""))
        .build();
  }
}
