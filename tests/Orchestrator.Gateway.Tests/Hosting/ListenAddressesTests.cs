using Microsoft.Extensions.Configuration;
using Orchestrator.Hosting.Programs;

namespace Orchestrator.Gateway.Tests.Hosting;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://127.8.9.1:1", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("https://[::1]:8080", true)]
    [InlineData("http://unix:/run/orchestrator.sock", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://*:8080", false)]
    [InlineData("http://+:8080", false)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://10.0.0.1:8080", false)]
    [InlineData("http://localhost.example.com:8080", false)]
    [InlineData("no address", null)]
    public void IsLocal_Address_IsTold(string url, bool? local) => Assert.Equal(local, ListenAddresses.IsLocal(url));

    [Fact]
    public void Configured_PortsBesideUrls_AreWhatTheServerTakes()
    {
        Assert.Equal(["http://*:80", "https://*:443"], Of(("http_ports", "80"), ("https_ports", "443")));
        Assert.Equal(["http://a:1", "http://b:2"], Of(("urls", "http://a:1;http://b:2"), ("http_ports", "80")));
        Assert.Equal(["http://c:3"], Of(("Kestrel:Endpoints:X:Url", "http://c:3")));
        Assert.Empty(Of());
    }

    private static IReadOnlyList<string> Of(params (string Key, string Value)[] settings) => ListenAddresses.Configured(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
