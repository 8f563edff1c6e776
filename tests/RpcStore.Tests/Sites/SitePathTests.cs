using RpcStore.Core.Sites;
using Xunit;

namespace RpcStore.Tests.Sites;

/// <summary>What the path of a request is, whatever was sent.</summary>
public sealed class SitePathTests
{
    [Theory]
    [InlineData("/a/b.html", "/a/b.html")]
    [InlineData("/a?x=/y", "/a")]
    [InlineData("/a#b", "/a")]
    [InlineData("http://host:80/a%20b?c", "/a b")]
    [InlineData("http://host", "")]
    [InlineData("*", "")]
    [InlineData("", "")]
    [InlineData("/%67%72%C3%B6%c3%9fe", "/größe")]
    [InlineData("/%F0%9F%98%80", "/😀")]
    [InlineData("/a+b", "/a+b")]
    [InlineData("/%2e%2e/x", "/../x")]
    [InlineData("/%252e", "/%2e")]
    public void A_path_is_decoded_once(string target, string path) => Assert.Equal(path, SitePath.Read(target));

    [Theory]
    [InlineData("/a%2Fb")]
    [InlineData("/a%2fb")]
    [InlineData("/a%00b")]
    [InlineData("/%")]
    [InlineData("/%4")]
    [InlineData("/%zz")]
    [InlineData("/%FF")]
    [InlineData("/%C3")]
    [InlineData("/%C0%AF")]
    [InlineData("/%ED%A0%80")]
    public void What_no_name_can_hold_becomes_what_no_name_holds(string target)
    {
        var path = SitePath.Read(target).ToString();
        Assert.Contains('\0', path);
        Assert.Equal(1, path.Count(one => one == '/'));
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a b/ü?#%\"<\\", "/a%20b/%C3%BC%3F%23%25%22%3C%5C")]
    [InlineData("/😀", "/%F0%9F%98%80")]
    [InlineData("/a\r\nb", "/a%0D%0Ab")]
    [InlineData("/a-._~!$&'()*+,;=:@", "/a-._~!$&'()*+,;=:@")]
    public void A_path_is_encoded_for_a_url(string path, string url)
    {
        Assert.Equal(url, SitePath.Encode(path));
        Assert.Equal(path, SitePath.Read(url));
    }
}
