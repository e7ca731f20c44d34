using System.Text;
using Orchestrator.Gateway.Tests.Support;

namespace Orchestrator.Gateway.Tests.Api;

public sealed class LargeBodyTests(TestGateway gateway) : IClassFixture<TestGateway>
{
    [Theory]
    [InlineData("/api/v1/definitions", "application/json", 2, false)]
    [InlineData("/api/v1/definitions", "application/yaml", 12, false)]
    [InlineData("/api/v1/definitions", "application/yaml", 12, true)]
    [InlineData("/api/v1/definitions/test/none/runs", "application/json", 12, false)]
    [InlineData("/api/v1/definitions/test/none/runs", "application/json", 12, true)]
    [InlineData("/api/v1/workspaces/default/tasks", "application/json", 12, false)]
    public async Task Send_BodyOverTheLimit_IsTakenAndAnswered413(string path, string mediaType, int mebibytes, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.TransferEncodingChunked = chunked;
        request.Content = new StringContent(new string(' ', mebibytes * 1024 * 1024), Encoding.UTF8, mediaType);

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal("too-large", (await Answer.ReadAsync(response, 413)).Problem);
        Assert.NotEqual(true, response.Headers.ConnectionClose);
    }
}
