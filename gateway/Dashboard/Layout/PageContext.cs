using Orchestrator.Gateway.Security;
using Orchestrator.Storage.Workspaces;

namespace Orchestrator.Gateway.Dashboard.Layout;

/// <summary>The request that a page answers, and how the page refers to others.</summary>
internal sealed class PageContext
{
    private HttpContext? _http;

    public HttpContext Http
    {
        get => _http ?? throw new InvalidOperationException("The page is not rendered for a request.");
        set => _http = value;
    }

    /// <summary>The workspace that is meant where none is named: the first that the reader sees.</summary>
    public string DefaultWorkspace => Http.Caller() is { Workspaces: { } workspaces } caller && !caller.Sees(IWorkspaceStore.DefaultWorkspace)
        ? workspaces.Order(StringComparer.Ordinal).First()
        : IWorkspaceStore.DefaultWorkspace;

    /// <summary>The path under the dashboard's, without slashes at its ends; empty for the overview.</summary>
    public string Path => Http.Request.Path.Value![DashboardExtensions.Path.Length..].Trim('/');

    /// <summary>
    /// The dashboard's own address, relative to the page's: so everything works behind a proxy that serves it under a prefix, whether that
    /// is taken off or not.
    /// </summary>
    public string Base
    {
        get
        {
            var rest = Http.Request.Path.Value![DashboardExtensions.Path.Length..];
            return rest.Length == 0 ? "observability/" : rest.Count(character => character == '/') is > 1 and var slashes ? string.Concat(Enumerable.Repeat("../", slashes - 1)) : "./";
        }
    }
}
