using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Orchestrator.Hosting.Programs;

/// <summary>Where the server will listen, by everything that can say so: <c>--urls</c>, environment, ports, and <c>Kestrel:Endpoints</c>.</summary>
public static class ListenAddresses
{
    /// <summary>Listens on <paramref name="url"/> unless the configuration says where.</summary>
    public static void UseDefaultUrl(this IWebHostBuilder web, IConfiguration configuration, string url)
    {
        if (Configured(configuration).Count == 0)
        {
            web.UseUrls(url);
        }
    }

    /// <summary>The addresses that the configuration names.</summary>
    public static IReadOnlyList<string> Configured(IConfiguration configuration)
    {
        var urls = Split(configuration[WebHostDefaults.ServerUrlsKey]).ToList();
        if (urls.Count == 0)
        {
            urls.AddRange(Split(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"));
            urls.AddRange(Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"));
        }

        urls.AddRange(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>());
        return urls;
    }

    /// <summary>Whether only this machine reaches the address; null when it is no address.</summary>
    public static bool? IsLocal(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return null;
        }

        return address.IsUnixPipe
            || address.IsNamedPipe
            || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
