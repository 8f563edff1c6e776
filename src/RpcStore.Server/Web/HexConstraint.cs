using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace RpcStore.Server.Web;

/// <summary>A part of a path that is so many hex digits, as <c>{hash:hex(64)}</c>: other paths are left to other routes.</summary>
/// <param name="digits">How many.</param>
internal sealed class HexConstraint(int digits) : IRouteConstraint
{
    /// <summary>Its name in a pattern.</summary>
    public const string Name = "hex";

    /// <inheritdoc/>
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        Convert.ToString(values[routeKey], CultureInfo.InvariantCulture) is { } text
        && text.Length == digits
        && text.All(char.IsAsciiHexDigit);
}
